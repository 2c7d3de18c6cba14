/** A refusal ends with 1 and tells its code; a defect ends with 70. */
import { InvalidPeriod } from '@gep/kernel';
import { exitCodeOf, renderFailure, reportOf } from './failure';
import { languageOf } from './language';

describe('failures of commands', () => {
  const refusal = new InvalidPeriod('24');

  it('gives a refusal in the language of the terminal with its code', () => {
    expect(renderFailure(reportOf(refusal), 'en')).toBe(
      'gep: period "24" cannot be read; write 2024, 2024-Q3 or 2024-07 [period.invalid]',
    );
    expect(renderFailure(reportOf(refusal), 'zh')).toContain('核算期“24”无法识别');
    expect(exitCodeOf(refusal)).toBe(1);
  });

  it('reports facts for programs', () => {
    expect(reportOf(refusal)).toMatchObject({ code: 'period.invalid', kind: 'invalid', facts: { period: '24' } });
  });

  it('tells what the machine refuses in words, and what may simply be tried again', () => {
    const missing = Object.assign(new Error('ENOENT: no such file'), { code: 'ENOENT', path: '/nowhere' });
    expect(exitCodeOf(missing)).toBe(1);
    expect(reportOf(missing).text).toEqual({
      zh: '无法使用 /nowhere：文件或目录不存在',
      en: 'cannot use /nowhere: there is no such file or folder',
    });
    const lost = Object.assign(new Error('database unavailable'), { name: 'DatabaseUnavailable' });
    expect([exitCodeOf(lost), reportOf(lost).code]).toEqual([1, 'cli.database-lost']);
  });

  it('tells a defect from a refusal', () => {
    expect(exitCodeOf(new TypeError('x is not a function'))).toBe(70);
    expect(reportOf('odd').code).toBe('cli.defect');
  });
});

describe('languageOf', () => {
  it('prefers what was asked, then the environment, then English', () => {
    expect(languageOf('en', { LANG: 'zh_CN.UTF-8' })).toBe('en');
    expect(languageOf(undefined, { LANG: 'zh_CN.UTF-8' })).toBe('zh');
    expect(languageOf(undefined, { LC_ALL: 'C', LANG: 'zh_CN' })).toBe('en');
    expect(languageOf(undefined, {})).toBe('en');
  });
});
