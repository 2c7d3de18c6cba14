/** Checks each row of an import by itself, and the rows of one code among themselves. */
import { Bilingual, isTerritoryCode } from '@gep/kernel';
import { TerritoryProblem } from './errors';
import { levelOfCode, mayHold, TerritoryLevel, TerritoryRow } from './territory';
import { formatValidity, isDay, overlaps } from './validity';

const longestName = 200;

function problemOfRow(row: TerritoryRow): [string, Bilingual] | undefined {
  if (!isTerritoryCode(row.code)) {
    return [
      'territory.code-invalid',
      {
        zh: '代码无法识别；应为 CN、6、9、12 位数字或“6 位代码-名称”',
        en: 'the code cannot be read; give CN, 6, 9 or 12 digits, or six digits and a name',
      },
    ];
  }
  const level = levelOfCode(row.code);
  if (row.level !== level) {
    return [
      'territory.level-mismatch',
      {
        zh: `层级写作 ${row.level}，而该代码属于 ${level}`,
        en: `the level says ${row.level}, the code stands for ${level}`,
      },
    ];
  }
  if (!isDay(row.validFrom) || (row.validTo !== null && !isDay(row.validTo))) {
    return ['territory.date-invalid', { zh: '日期应写成 YYYY-MM-DD', en: 'dates are written YYYY-MM-DD' }];
  }
  if (row.validTo !== null && row.validTo <= row.validFrom) {
    return [
      'territory.validity-empty',
      { zh: '失效日期须晚于生效日期', en: 'it must end after the day on which it begins' },
    ];
  }
  if (row.nameZh.trim() === '' || row.nameZh.length > longestName || (row.nameEn?.length ?? 0) > longestName) {
    return [
      'territory.name-invalid',
      { zh: `名称应为 1–${longestName} 字`, en: `the name must have 1 to ${longestName} characters` },
    ];
  }
  if (row.source.trim() === '') {
    return ['territory.source-absent', { zh: '未注明来源', en: 'the source is not stated' }];
  }
  return problemOfParent(row, level);
}

function problemOfParent(row: TerritoryRow, level: TerritoryLevel): [string, Bilingual] | undefined {
  if ((level === 'nation') !== (row.parentCode === null)) {
    return [
      'territory.parent-absent',
      { zh: '除 CN 外都须有上级，CN 没有上级', en: 'every territory but CN has a parent, and CN has none' },
    ];
  }
  if (level === 'site' && row.parentCode !== row.code.slice(0, 6)) {
    return [
      'territory.site-elsewhere',
      {
        zh: `地块的上级应为其代码前 6 位 ${row.code.slice(0, 6)}`,
        en: `a site lies in the unit that its code begins with, ${row.code.slice(0, 6)}`,
      },
    ];
  }
  if (row.parentCode === null) return undefined;
  if (!isTerritoryCode(row.parentCode)) {
    return [
      'territory.parent-invalid',
      { zh: `上级代码 ${row.parentCode} 无法识别`, en: `the parent code ${row.parentCode} cannot be read` },
    ];
  }
  const above = levelOfCode(row.parentCode);
  if (!mayHold(above, level)) {
    return ['territory.level-order', { zh: `${above} 之下不能有 ${level}`, en: `a ${above} cannot hold a ${level}` }];
  }
  return undefined;
}

/** Rows by code, each list in order of time. */
export function rowsByCode<T extends TerritoryRow>(rows: readonly T[]): Map<string, T[]> {
  const byCode = new Map<string, T[]>();
  for (const row of rows) {
    const same = byCode.get(row.code);
    if (same) same.push(row);
    else byCode.set(row.code, [row]);
  }
  for (const same of byCode.values()) same.sort((a, b) => (a.validFrom < b.validFrom ? -1 : 1));
  return byCode;
}

/** All problems of all rows; an empty list when each row can stand. */
export function checkRows(rows: readonly TerritoryRow[]): TerritoryProblem[] {
  const problems: TerritoryProblem[] = [];
  const numbers = new Map(rows.map((row, index) => [row, index + 1]));
  rows.forEach((row, index) => {
    const problem = problemOfRow(row);
    if (problem) problems.push({ row: index + 1, territory: row.code, code: problem[0], text: problem[1] });
  });
  for (const same of rowsByCode(rows).values()) {
    for (let next = 1; next < same.length; next++) {
      if (!overlaps(same[next - 1], same[next])) continue;
      const other = formatValidity(same[next - 1]);
      problems.push({
        row: numbers.get(same[next])!,
        territory: same[next].code,
        code: 'territory.rows-overlap',
        text: { zh: `与同一代码的另一行（${other}）时间重叠`, en: `overlaps another row of the same code (${other})` },
      });
    }
  }
  return problems.sort((a, b) => a.row - b.row);
}
