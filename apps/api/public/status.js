/** Shows on the start page whether the service is ready, part by part. */
'use strict';

const names = {
  service: ['接口服务', 'API'],
  database: ['数据库', 'Database'],
  migrations: ['数据库迁移', 'Migrations'],
  queue: ['任务队列', 'Job queue'],
};

function bilingual(element, zh, en) {
  const english = document.createElement('span');
  english.lang = 'en';
  english.textContent = en;
  element.append(zh + ' ', english);
  return element;
}

function row(part, good) {
  const [zh, en] = names[part] ?? [part, part];
  const tr = document.createElement('tr');
  const name = bilingual(document.createElement('th'), zh, en);
  name.scope = 'row';
  const state = document.createElement('td');
  state.className = good ? 'good' : 'bad';
  bilingual(state, good ? '✓ 正常' : '✗ 未就绪', good ? 'ready' : 'not ready');
  tr.append(name, state);
  return tr;
}

async function show() {
  const checks = document.getElementById('checks');
  let parts;
  try {
    const answer = await fetch('/api/v1/health/ready', { headers: { accept: 'application/json' } });
    const body = await answer.json();
    parts = Object.entries(body.checks ?? {}).map(([part, state]) => [part, state === 'up']);
    parts.unshift(['service', true]);
  } catch {
    parts = [['service', false]];
  }
  checks.replaceChildren(...parts.map(([part, good]) => row(part, good)));
  checks.setAttribute('aria-busy', 'false');
}

void show();
