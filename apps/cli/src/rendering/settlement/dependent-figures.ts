/** Figures that rest on a restated account, a table for each unit of measure: yuan for a hectare never stands below yuan. */
import type { Bilingual } from '@gep/kernel';
import type { Dependent } from '@gep/settlement';
import type { Language } from '../../terminal/language';
import { type Naming, placeSaid } from '../deed/naming';
import { nameOfKind, subjectKey, subjectSaid } from '../deed/subject-kinds';
import { moneyUnits, showUnit, showYuan } from '../figures';
import { renderTable } from '../text-table';

/** Of an indicator: the units that it is of, what it is called, and whether it is for a hectare. */
interface FigureWord {
  readonly of: string;
  readonly name: Bilingual;
  readonly isPerArea: boolean;
}

/** By `figureKey`. */
export type FigureWords = ReadonlyMap<string, FigureWord>;
export const figureKey = ({ dependent, figure }: Pick<Dependent, 'dependent' | 'figure'>): string =>
  `${subjectKey(dependent)} ${figure}`;

const heads = {
  zh: ['事项', '部分', '金额', '隔几步'],
  en: ['result', 'part', 'amount', 'steps'],
} as const;

export function renderDependents(
  others: readonly Dependent[],
  words: FigureWords,
  naming: Naming,
  language: Language,
): string {
  const isPerArea = (one: Dependent): boolean => words.get(figureKey(one))?.isPerArea ?? false;
  const tables = [
    { unit: moneyUnits.yuan[language], rows: others.filter((one) => !isPerArea(one)) },
    { unit: showUnit('yuan/hm2', language), rows: others.filter(isPerArea) },
  ];
  const [subject, part, amount, steps] = heads[language];
  const columnsIn = (unit: string) => [
    ...[{ heading: subject }, { heading: part }],
    { heading: { zh: `${amount}（${unit}）`, en: `${amount} (${unit})` }[language], numeric: 'point' as const },
    { heading: steps, numeric: true },
  ];
  return tables
    .filter(({ rows }) => rows.length > 0)
    .map(({ unit, rows }) =>
      renderTable(
        columnsIn(unit),
        rows.map((one) => [
          ...[dependentSaid(one, naming, language), figureSaid(one, words, naming, language)],
          ...[showYuan(one.amountFen), String(one.steps)],
        ]),
      ),
    )
    .join('\n\n');
}

/** A payment has no code of its own: it is told by that of its settlement. */
const dependentSaid = ({ dependent, upstream }: Dependent, { codes }: Naming, language: Language): string => {
  const settled = dependent.kind === 'payment' && upstream ? codes.get(subjectKey(upstream)) : undefined;
  return settled === undefined
    ? subjectSaid(dependent, codes, language)
    : `${nameOfKind(dependent.kind)[language]} ${settled}`;
};

function figureSaid(one: Dependent, words: FigureWords, { places }: Naming, language: Language): string {
  const word = words.get(figureKey(one));
  if (!word) return placeSaid(one.figure, places, language);
  const of = word.of.split('+').map((code) => placeSaid(code, places, language));
  return `${of.join(' + ')} · ${word.name[language]}`;
}
