/** The two static pages in a real browser: the status of the service, and the first administrator by the one-time link. */
import { existsSync } from 'node:fs';
import { chromium, type Browser, type Page } from 'playwright-core';
import { SetupLinkService, UserService, operator } from '@gep/access';
import { until } from '../fixtures/until';
import { passphrase, startApi, type ApiUnderTest } from '../flows/api-under-test';

let api: ApiUnderTest;
let browser: Browser;
let faults: string[];

const executablePath = process.env['GEP_CHROMIUM'] ?? '/usr/bin/chromium';
const args = ['--disable-background-networking', '--disable-component-update', '--disable-quic', '--disable-gpu'];

beforeAll(async () => {
  if (!existsSync(executablePath)) throw new Error(`no browser at ${executablePath}; set GEP_CHROMIUM to one`);
  api = await startApi();
  browser = await chromium.launch({ executablePath, args: ['--no-sandbox', ...args] });
});
afterAll(async () => {
  await browser.close();
  await api.stop();
});

/** A page on which nothing may go wrong: no script error, no request beyond the service, nothing blocked by its policy. */
async function open(path: string): Promise<Page> {
  const page = await browser.newPage({ locale: 'zh-CN' });
  faults = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    const expected = /status of 4\d\d/.test(message.text());
    if (message.type() === 'error' && !expected) faults.push(message.text());
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(api.url) && !request.url().startsWith('data:')) faults.push(request.url());
  });
  await page.goto(`${api.url}${path}`);
  return page;
}

it('the start page shows each part of the service and leads on', async () => {
  const page = await open('/');
  await page.locator('#checks[aria-busy="false"]').waitFor();
  expect(await page.locator('#checks .good').count()).toBe(4);
  expect(await page.locator('html').getAttribute('lang')).toBe('zh-CN');
  const targets = await page.locator('main a').evaluateAll((links) => links.map((link) => link.getAttribute('href')));
  for (const target of targets) expect((await api.call('GET', target!)).status).toBe(200);
  expect(faults).toEqual([]);
});

it('the set-up page makes the first administrator from the keyboard, once', async () => {
  const { token } = await api.app.get(SetupLinkService, { strict: false }).issueFirstAdministratorLink();
  const page = await open(`/setup#token=${token}`);
  await page.locator('#login').waitFor();
  expect(page.url()).not.toContain(token);
  expect(await page.locator('#token').isVisible()).toBe(false);

  await page.focus('#login');
  await page.keyboard.type('first-admin');
  await page.keyboard.press('Tab');
  await page.keyboard.type('short');
  await page.keyboard.press('Enter');
  await page.getByText('密码至少 12 个字符').waitFor();
  expect(await page.locator('#password').getAttribute('aria-invalid')).toBe('true');
  expect(await page.evaluate('document.activeElement.id')).toBe('notice');

  await page.fill('#password', 'passwordpassword');
  await page.fill('#again', 'passwordpassword');
  await page.keyboard.press('Enter');
  await page.getByText('the password cannot be used').waitFor();

  await page.fill('#password', passphrase);
  await page.fill('#again', passphrase);
  await page.keyboard.press('Enter');
  await page.getByText('设置完成').waitFor();
  await page.getByText('POST /api/v1/sessions', { exact: false }).first().waitFor();
  expect(await page.locator('#form').isVisible()).toBe(false);
  await api.signIn('first-admin');
  expect(faults).toEqual([]);

  const late = await open(`/setup#token=${token}`);
  await late.getByText('链接无效、已使用或已过期').waitFor();
  expect(await late.locator('#token').isVisible()).toBe(true);
});

it('a password link names the person and sets their password', async () => {
  const users = api.app.get(UserService, { strict: false });
  const { link } = await users.addUser(operator, { login: 'invited', name: '受邀人', grants: [] });
  const page = await open(`/setup#token=${link!.token}`);
  // The page lets nobody run text as code, so it is asked from outside.
  await until(async () => (await page.inputValue('#login')) === 'invited', 10_000, 'the login of the link');
  await page.fill('#password', passphrase);
  await page.fill('#again', passphrase);
  await page.click('#send');
  await page.getByText('All set').waitFor();
  await api.signIn('invited');
  expect(faults).toEqual([]);
});

it('the pages fit a narrow screen', async () => {
  for (const path of ['/', '/setup']) {
    const page = await open(path);
    await page.setViewportSize({ width: 320, height: 700 });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(320);
  }
});
