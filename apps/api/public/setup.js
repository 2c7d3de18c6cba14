/** Sends the token of a one-time link with login and password, and shows the answer in both languages. */
'use strict';

const form = document.getElementById('form');
const notice = document.getElementById('notice');
const send = document.getElementById('send');
const names = ['token', 'login', 'password', 'again'];
const fields = Object.fromEntries(names.map((name) => [name, document.getElementById(name)]));
const tokenRow = document.getElementById('token-row');

const texts = {
  token: { zh: '请填写一次性令牌', en: 'Enter the one-time token' },
  login: { zh: '请填写登录名', en: 'Enter a login' },
  password: { zh: '密码至少 12 个字符', en: 'The password needs at least 12 characters' },
  again: { zh: '两次输入的密码不同', en: 'The two passwords differ' },
  offline: {
    zh: '无法连接服务；请检查它是否在运行，然后重试',
    en: 'The service cannot be reached; see that it runs, then try again',
  },
  done: { zh: '设置完成。', en: 'All set.' },
  next: {
    zh: '本版还没有登录页面：请用登录名和密码调用 POST /api/v1/sessions，把得到的 accessToken 用于其他接口（Authorization: Bearer …）。可在接口文档 /api/docs 中直接试用；命令行写法见 docs/operations.md。',
    en: 'This version has no sign-in page yet: send login and password to POST /api/v1/sessions and give the accessToken to every other operation (Authorization: Bearer …). Try it in the documentation at /api/docs; docs/operations.md shows it with curl.',
  },
};

/** What the link is for: undefined until the service has said so. */
let purpose;

/** The token travels in the fragment, which browsers do not send; it is taken out of the address at once. */
function takeToken() {
  const token = new URLSearchParams(location.hash.slice(1)).get('token') ?? '';
  if (token === '') return;
  fields.token.value = token;
  tokenRow.hidden = true;
  history.replaceState(null, '', location.pathname);
  void lookAtLink().catch(() => tell([texts.offline], true));
}

async function post(path, body) {
  const headers = { 'content-type': 'application/json', accept: 'application/json' };
  const answer = await fetch(path, { method: 'POST', headers, body: JSON.stringify(body) });
  return { ok: answer.ok, body: await answer.json() };
}

/** A link by which somebody sets their own password names them, so there is no login to choose. */
async function lookAtLink() {
  const { ok, body } = await post('/api/v1/setup/purpose', { token: fields.token.value.trim() });
  if (!ok) {
    showRefusal(body);
    return false;
  }
  purpose = body;
  if (body.login !== null) {
    fields.login.value = body.login;
    fields.login.readOnly = true;
  }
  return true;
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
  if (wrong.includes('token')) tokenRow.hidden = false;
}

function check() {
  const wrong = [];
  if (fields.token.value.trim() === '') wrong.push('token');
  if (fields.login.value.trim() === '') wrong.push('login');
  if ([...fields.password.value].length < 12) wrong.push('password');
  else if (fields.password.value !== fields.again.value) wrong.push('again');
  return wrong;
}

/** Which field a refusal of the service is about. */
const fieldOfCode = {
  'access.setup-link-refused': 'token',
  'access.password-weak': 'password',
  'access.login-invalid': 'login',
  'access.login-taken': 'login',
};

function showRefusal(problem) {
  const errors = problem.errors ?? [];
  mark([...errors.map(({ field }) => field), fieldOfCode[problem.code]]);
  const details = errors.map(({ field, text }) => ({ zh: `${field}：${text.zh}`, en: `${field}: ${text.en}` }));
  tell([problem.text, ...details], true);
}

async function setUp() {
  if (purpose === undefined && !(await lookAtLink())) return;
  const login = purpose.login === null ? { login: fields.login.value.trim() } : {};
  const answer = { token: fields.token.value.trim(), password: fields.password.value, ...login };
  const { ok, body } = await post('/api/v1/setup', answer);
  if (!ok) {
    showRefusal(body);
    return;
  }
  form.hidden = true;
  tell([texts.done, texts.next], false);
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
  await setUp().catch(() => tell([texts.offline], true));
  send.disabled = false;
}

takeToken();
fields.token.addEventListener('input', () => {
  purpose = undefined;
  fields.login.readOnly = false;
});
form.addEventListener('submit', (event) => void submit(event));
