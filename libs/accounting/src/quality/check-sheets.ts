/** Data sheets that an account was made without: grave where the sheet was due, a hint before, or where no place asks for it. */
import type { FindingLog } from './finding';
import type { StatedAccount } from './stated-account';

export function checkSheets(stated: StatedAccount, log: FindingLog): void {
  for (const { period, missingSheets } of stated.periods) {
    for (const { sheet, title, department, due, overdue, binding, expected, present, missing } of missingSheets) {
      const when = overdue
        ? { zh: `${due} 到期，已逾期`, en: `was due on ${due}` }
        : { zh: `${due} 到期`, en: `is due on ${due}` };
      const asked = binding
        ? { zh: '', en: '' }
        : { zh: '（该清单未规定在本地执行）', en: ' (its list is in force in no place yet)' };
      log.add('sheetMissing', {
        period,
        cells: [`sheets.${sheet}`],
        expected: String(expected),
        found: String(present),
        grade: overdue && binding ? 'A' : 'D',
        cause: {
          zh: `${department.zh}的数据表“${title.zh}”（${sheet}）${when.zh}，账户核算时缺：${missing.join('、')}${asked.zh}`,
          en: `the data sheet "${title.en}" (${sheet}) of the ${department.en} ${when.en}; the account was made without: ${missing.join(', ')}${asked.en}`,
        },
      });
    }
  }
}
