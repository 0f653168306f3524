(function () {
  // Spoken by browsers of 2014: no arrow, no let, no fetch. Without it every page works the same, only by hand.
  function each(selector, act) {
    var found = document.querySelectorAll(selector), i;
    for (i = 0; i < found.length; i += 1) { act(found[i]); }
  }

  // A vote whose answer is lost is sent again until one comes; the same form counts once and gets the same receipt.
  function insist(form) {
    var words = form.querySelector('[data-sending]'), button = form.querySelector('button'), tries = 0, body = '';

    function show(page) { document.open(); document.write(page); document.close(); }

    function again(answer) {
      tries += 1;
      if (answer && tries > 4) { show(answer); return; }
      words.style.display = 'block';
      words.innerHTML = tries < 4 ? '没有收到答复，正在重新发送，请不要关闭本页。重发只计一次。'
        : '一直没有收到答复，还在重新发送。请检查手机是否连着会场 Wi-Fi，或把选票交给工作人员。';
      setTimeout(send, Math.min(500 * Math.pow(2, tries), 8000) + 500 * Math.random());
    }

    function send() {
      var request = new XMLHttpRequest(), over = false, patience;
      function finish() {
        if (over) { return; }
        over = true;
        clearTimeout(patience);
        if (request.status && request.status < 500) { show(request.responseText); } else { again(request.status && request.responseText); }
      }
      patience = setTimeout(function () { request.abort(); finish(); }, 8000);
      request.onreadystatechange = function () { if (request.readyState === 4) { finish(); } };
      request.open('POST', form.getAttribute('action'), true);
      request.setRequestHeader('Content-Type', 'application/x-www-form-urlencoded');
      request.send(body);
    }

    form.onsubmit = function () {
      var parts = [], i, field;
      if (body) { return false; }
      for (i = 0; i < form.elements.length; i += 1) {
        field = form.elements[i];
        if (field.name) { parts.push(encodeURIComponent(field.name) + '=' + encodeURIComponent(field.value)); }
      }
      body = parts.join('&');
      button.innerHTML = '正在提交…';
      send();
      return false;
    };
  }

  function voice(button) {
    var speech = window.speechSynthesis;
    if (!speech || !window.SpeechSynthesisUtterance) { return; }
    button.style.display = 'inline-block';
    button.onclick = function () {
      var words;
      if (speech.speaking) { speech.cancel(); return; }
      words = new window.SpeechSynthesisUtterance(document.getElementById('page').innerText.replace(/[✓✗○]|朗读|大字版|标准字号/g, ''));
      words.lang = 'zh-CN';
      words.rate = 0.85;
      speech.speak(words);
    };
  }

  document.addEventListener('DOMContentLoaded', function () {
    each('form[data-final]', insist);
    each('[data-voice]', voice);
  });
}());
