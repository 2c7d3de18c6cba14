/** Sends the one-time token, login and password of the first administrator, and shows the answer in both languages. */
'use strict';

const form = document.getElementById('form');
const notice = document.getElementById('notice');
const send = document.getElementById('send');
const fields = Object.fromEntries(
  ['token', 'login', 'password', 'again'].map((name) => [name, document.getElementById(name)]),
);

const texts = {
  token: { zh: '请填写一次性令牌', en: 'Enter the one-time token' },
  login: { zh: '请填写登录名', en: 'Enter a login' },
  password: { zh: '密码至少 12 个字符', en: 'The password needs at least 12 characters' },
  again: { zh: '两次输入的密码不同', en: 'The two passwords differ' },
  offline: {
    zh: '无法连接服务；请检查它是否在运行，然后重试',
    en: 'The service cannot be reached; see that it runs, then try again',
  },
  done: { zh: '管理员已建立，现在可以登录。', en: 'The administrator is created and may sign in now.' },
};

/** The token travels in the fragment, which browsers do not send; it is taken out of the address at once. */
function takeToken() {
  const token = new URLSearchParams(location.hash.slice(1)).get('token') ?? '';
  if (token === '') return;
  fields.token.value = token;
  document.getElementById('token-row').hidden = true;
  history.replaceState(null, '', location.pathname);
}

function paragraph(text) {
  const zh = document.createElement('p');
  zh.textContent = text.zh;
  const en = document.createElement('p');
  en.lang = 'en';
  en.textContent = text.en;
  return [zh, en];
}

function tell(list, trouble) {
  notice.className = trouble ? 'notice trouble' : 'notice';
  notice.replaceChildren(...list.flatMap(paragraph));
  notice.hidden = false;
  notice.focus();
}

function mark(wrong) {
  for (const [name, field] of Object.entries(fields)) {
    if (wrong.includes(name)) field.setAttribute('aria-invalid', 'true');
    else field.removeAttribute('aria-invalid');
  }
  if (wrong.includes('token')) document.getElementById('token-row').hidden = false;
}

function check() {
  const wrong = [];
  if (fields.token.value.trim() === '') wrong.push('token');
  if (fields.login.value.trim() === '') wrong.push('login');
  if ([...fields.password.value].length < 12) wrong.push('password');
  else if (fields.password.value !== fields.again.value) wrong.push('again');
  return wrong;
}

function showRefusal(problem) {
  const errors = (problem.errors ?? []).map((error) => ({ field: error.field, text: error.text }));
  mark(
    errors.length > 0
      ? errors.map((error) => error.field)
      : problem.status === 401 || problem.status === 404
        ? ['token']
        : [],
  );
  tell(
    [
      problem.text,
      ...errors.map((error) => ({ zh: `${error.field}：${error.text.zh}`, en: `${error.field}: ${error.text.en}` })),
    ],
    true,
  );
}

async function submit(event) {
  event.preventDefault();
  const wrong = check();
  mark(wrong);
  if (wrong.length > 0) {
    tell(
      wrong.map((name) => texts[name]),
      true,
    );
    return;
  }
  send.disabled = true;
  try {
    const body = {
      token: fields.token.value.trim(),
      login: fields.login.value.trim(),
      password: fields.password.value,
    };
    const headers = { 'content-type': 'application/json', accept: 'application/json' };
    const answer = await fetch('/api/v1/setup', { method: 'POST', headers, body: JSON.stringify(body) });
    if (answer.ok) {
      form.hidden = true;
      tell([texts.done], false);
    } else {
      showRefusal(await answer.json());
    }
  } catch {
    tell([texts.offline], true);
  } finally {
    send.disabled = false;
  }
}

takeToken();
form.addEventListener('submit', (event) => void submit(event));
