/** `year()`, `quarter()`, `month()`: the numbers of the period, or of the row where rows are months or quarters. */
import { dimensionless, Fraction, type Bilingual } from '@gep/kernel';
import { lengthOfPeriod, type PeriodLength } from './periods';
import type { Place } from './place';
import type { CallNode, OperandCompiler } from './rule-names';
import type { Compiled } from './value';

export function compileCalendar({ names, log }: OperandCompiler, { name, nameSpan }: CallNode): Compiled | undefined {
  const wanted = name as PeriodLength;
  const { period, rows } = names.calendar;
  const refuse = (text: Bilingual, mend: Bilingual): undefined => log.refuse(nameSpan, 'policy.no-periods', text, mend);
  if (period === 'none')
    return refuse(
      {
        zh: `“${name}”需要核算期，而此规则没有（period: none）`,
        en: `"${name}" needs periods, and this rule has none (period: none)`,
      },
      { zh: '请写 period: year、quarter 或 month', en: 'write period: year, quarter or month' },
    );
  const type = { kind: 'number', unit: dimensionless } as const;
  const uses = new Set<string>();
  if (tells(period, wanted)) return { type, scope: 'total', uses, run: (place) => partOf(place.period.period, wanted) };
  if (rows && tells(rows, wanted))
    return { type, scope: 'row', uses, run: (place: Place) => partOf(place.row!.period, wanted) };
  return refuse(
    {
      zh: `此规则的核算期与行都不分${name === 'month' ? '月' : '季'}`,
      en: `neither the periods nor the rows of this rule tell ${name}s apart`,
    },
    { zh: `请写 rows: [${name}] 或 period: ${name}`, en: `write rows: [${name}] or period: ${name}` },
  );
}

const lengths: readonly PeriodLength[] = ['year', 'quarter', 'month'];
const tells = (period: PeriodLength, wanted: PeriodLength): boolean =>
  lengths.indexOf(period) >= lengths.indexOf(wanted);

/** 2024, 3 and 7 of `2024-07`. */
function partOf(period: string, wanted: PeriodLength): Fraction {
  if (wanted === 'year') return Fraction.of(BigInt(period.slice(0, 4)));
  const number = BigInt(period.slice(-2).replace('Q', ''));
  return Fraction.of(lengthOfPeriod(period) === 'month' && wanted === 'quarter' ? (number + 2n) / 3n : number);
}
