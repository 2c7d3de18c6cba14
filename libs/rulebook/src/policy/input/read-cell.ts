/** Reads one cell of a column of a rule: a number in its unit within its bounds, a word of its list, yes or no. */
import { conversionFactor, Fraction, sameDimension, UnknownUnit, type Unit, type UnitTable } from '@gep/kernel';
import { isDay } from '../../calendar/is-day';
import { suggestion } from '../../yaml/problem-log';
import type { Value } from '../expression/place';
import type { RuleColumn } from '../rule';
import type { MatchedColumn } from './match-header';
import { keyOf, textOfCell, type InputProblem, type NumberReader, type PolicyCell } from './policy-table';

type Reason = Pick<InputProblem, 'code' | 'text' | 'mend'>;

const yes = new Set(['yes', 'true', '1', 'y', '是', '达标', '有']);
const no = new Set(['no', 'false', '0', 'n', '否', '不达标', '无']);

/** @returns the value, a reason why there is none, or nothing for an empty cell */
export function readCell(
  cell: PolicyCell,
  { column, unit }: { readonly column: RuleColumn; readonly unit?: MatchedColumn['unit'] },
  units: UnitTable,
  numberOf: NumberReader,
): Value | Reason | undefined {
  const text = textOfCell(cell);
  if (text === '') return undefined;
  const { type } = column;
  if (type.kind === 'number') return readQuantity(cell, column, unit ?? type.unit, units, numberOf);
  if (type.kind === 'text') {
    if (column.isDay && !isDay(text)) return noDay(text);
    if (!type.values) return text;
    const known = type.values.find((word) => keyOf(word) === keyOf(text));
    if (known !== undefined) return known;
    const reason = { zh: `“${text}”不是可取的词`, en: `"${text}" is not one of its words` };
    return { code: 'policy.unknown-word', text: reason, mend: suggestion(text, type.values) };
  }
  if (yes.has(text.toLowerCase())) return true;
  if (no.has(text.toLowerCase())) return false;
  return {
    code: 'policy.not-yes-no',
    text: { zh: `“${text}”不是 yes 或 no`, en: `"${text}" is neither yes nor no` },
    mend: { zh: '请写 yes 或 no（是、否）', en: 'write yes or no' },
  };
}

const noDay = (text: string): Reason => ({
  code: 'policy.not-day',
  text: { zh: `“${text}”不是日历中的一天`, en: `"${text}" is no day of the calendar` },
  mend: { zh: '请写成年-月-日，如 2024-05-01', en: 'write year, month and day, such as 2024-05-01' },
});

function readQuantity(
  cell: PolicyCell,
  column: RuleColumn,
  unit: Unit,
  units: UnitTable,
  numberOf: NumberReader,
): Value | Reason | undefined {
  const wanted = column.type.kind === 'number' ? column.type.unit : unit;
  const read = numberOf(typeof cell === 'string' ? cell.trim() : cell, {
    isUnit: (text) => parse(units, text) !== undefined,
  });
  if (read === undefined || 'code' in read) return read;
  const own = read.unit === undefined ? unit : parse(units, read.unit);
  if (!own || !sameDimension(own.dimension, wanted.dimension))
    return {
      code: 'policy.column-unit',
      text: {
        zh: `单位“${read.unit}”不能换算为 ${wanted.text}`,
        en: `the unit "${read.unit}" cannot be converted to ${wanted.text}`,
      },
      mend: { zh: `请改用 ${wanted.text}`, en: `use ${wanted.text}` },
    };
  const value = Fraction.parse(read.decimal)!.times(conversionFactor(own, wanted));
  return refuseOutside(value, column) ?? value;
}

function parse(units: UnitTable, text: string): Unit | undefined {
  try {
    return units.parse(text);
  } catch (error) {
    if (error instanceof UnknownUnit) return undefined;
    throw error;
  }
}

function refuseOutside(value: Fraction, { min, max, whole }: RuleColumn): Reason | undefined {
  const [low, high] = [min?.toExactText() ?? '…', max?.toExactText() ?? '…'];
  if ((min && value.compare(min) < 0) || (max && value.compare(max) > 0))
    return {
      code: 'policy.out-of-bounds',
      text: {
        zh: `${value.toExactText()} 不在 ${low} 与 ${high} 之间`,
        en: `${value.toExactText()} is not between ${low} and ${high}`,
      },
      mend: { zh: '请核对数值与单位', en: 'check the number and its unit' },
    };
  if (!whole || value.denominator === 1n) return undefined;
  return {
    code: 'policy.not-whole',
    text: { zh: `${value.toExactText()} 不是整数`, en: `${value.toExactText()} is not a whole number` },
    mend: { zh: '请改正数值', en: 'correct the number' },
  };
}
