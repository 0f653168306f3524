"""办事和评事: who carries a decision out, how far it has come, and what people say of it afterwards."""
