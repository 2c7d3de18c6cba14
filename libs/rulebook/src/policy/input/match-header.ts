/** Finds which column of a table is which column of a rule: by code, name or alias, with the unit in brackets behind it. */
import { sameDimension, UnknownUnit, type Unit, type UnitTable } from '@gep/kernel';
import type { PolicyRule, RuleColumn } from '../rule';
import { keyOf, letterOf, textOfCell, type InputProblem, type PolicyCell } from './policy-table';

/** A column of the table: a column of the rule, or one that says whose row it is. */
export interface MatchedColumn {
  readonly index: number;
  readonly written: string;
  readonly column?: RuleColumn;
  readonly key?: 'unit' | 'name' | 'period';
  readonly unit?: Unit;
}

const keyNames: Readonly<Record<NonNullable<MatchedColumn['key']>, readonly string[]>> = {
  unit: ['unit', 'code', 'territory', '单位代码', '代码', '行政区划代码', '地区代码', '编码'],
  name: ['name', 'unit name', '名称', '单位', '单位名称', '地区', '县', '县市区', '区县'],
  period: ['period', 'year', 'quarter', 'month', '核算期', '时期', '年份', '年度', '季度', '月份'],
};

/** How many header cells a row would match. */
export function countMatches(rule: PolicyRule, cells: readonly PolicyCell[]): number {
  return cells.filter((cell) => meaningOf(rule, nameOf(textOfCell(cell)).name) !== undefined).length;
}

export function matchHeader(
  rule: PolicyRule,
  units: UnitTable,
  headerRow: number,
  cells: readonly PolicyCell[],
): { matched: MatchedColumn[]; ignored: string[]; problems: InputProblem[] } {
  const matched: MatchedColumn[] = [];
  const ignored: string[] = [];
  const problems: InputProblem[] = [];
  for (const [index, cell] of cells.entries()) {
    const written = textOfCell(cell);
    if (written === '') continue;
    const { name, unit } = nameOf(written);
    const meaning = meaningOf(rule, name);
    const at = { row: headerRow, column: `${letterOf(index)} ${written}`, value: written };
    if (!meaning) {
      ignored.push(written);
      continue;
    }
    const twin = matched.find(({ column, key }) => (column ?? key) === (meaning.column ?? meaning.key));
    if (twin)
      problems.push({
        ...at,
        code: 'policy.column-twice',
        text: { zh: `与“${twin.written}”是同一列`, en: `it is the same column as "${twin.written}"` },
        mend: { zh: '请删去其一', en: 'remove one of the two' },
      });
    else matched.push({ index, written, ...meaning, unit: readUnit(units, meaning.column, unit, at, problems) });
  }
  return { matched, ignored, problems };
}

/** `GEP（亿元）` as name and unit. */
function nameOf(written: string): { name: string; unit?: string } {
  const match = /^(.*?)\s*[[(（【]([^\])）】]+)[\])）】]\s*$/u.exec(written);
  return match && match[1] !== '' ? { name: match[1], unit: match[2].trim() } : { name: written };
}

function meaningOf(rule: PolicyRule, name: string): Pick<MatchedColumn, 'column' | 'key'> | undefined {
  const wanted = keyOf(name);
  if (wanted === '') return undefined;
  const column = rule.columns.find(({ code, name: names, aliases }) =>
    [code, names.zh, names.en, ...aliases].some((one) => keyOf(one) === wanted),
  );
  if (column) return { column };
  const key = (['unit', 'name', 'period'] as const).find((one) =>
    keyNames[one].some((known) => keyOf(known) === wanted),
  );
  return key && { key };
}

function readUnit(
  units: UnitTable,
  column: RuleColumn | undefined,
  written: string | undefined,
  at: Pick<InputProblem, 'row' | 'column' | 'value'>,
  problems: InputProblem[],
): Unit | undefined {
  if (written === undefined || column?.type.kind !== 'number') return undefined;
  const { unit: wanted } = column.type;
  try {
    const unit = units.parse(written);
    if (sameDimension(unit.dimension, wanted.dimension)) return unit;
  } catch (error) {
    if (!(error instanceof UnknownUnit)) throw error;
  }
  problems.push({
    ...at,
    code: 'policy.column-unit',
    text: {
      zh: `单位“${written}”不能换算为 ${wanted.text}`,
      en: `the unit "${written}" cannot be converted to ${wanted.text}`,
    },
    mend: { zh: `请改用 ${wanted.text} 或同量纲的单位`, en: `use ${wanted.text}, or a unit of its dimension` },
  });
  return undefined;
}
