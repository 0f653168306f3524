"""The big screen: what it shows (`scenes`), how facts become scenes (`feed`), the window, and its remote (`screen`)."""
