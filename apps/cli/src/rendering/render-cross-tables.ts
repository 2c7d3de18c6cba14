/** Cross tables of several accounts as text: values in 10⁴ yuan, with totals and shares; services under group and category. */
import { unassignedType, type CrossTable } from '@gep/accounting';
import { sumFen, type Bilingual, type Fen } from '@gep/kernel';
import type { NormEdition, Service } from '@gep/rulebook';
import type { Language } from '../terminal/language';
import { moneyUnits, showSigned, showWanYuan } from './figures';
import { categoryNames, namesOf } from './render-account';
import { renderTable } from './text-table';

const axes: Record<CrossTable['rows'], Bilingual> = {
  service: { zh: '服务', en: 'Service' },
  type: { zh: '类型', en: 'Type' },
  territory: { zh: '地域', en: 'Territory' },
  period: { zh: '核算期', en: 'Period' },
};
const words = {
  total: { zh: '合计', en: 'Total' },
  share: { zh: '占比（%）', en: 'Share (%)' },
  whole: { zh: '不分类型', en: 'No type' },
  all: { zh: '各核算期', en: 'All periods' },
} satisfies Record<string, Bilingual>;

type Row = readonly [label: string, cellsFen: readonly (Fen | null)[], totalFen: Fen];

export function renderCrossTables(tables: readonly CrossTable[], norm: NormEdition, language: Language): string {
  const names = namesOf(norm, language);
  const nameOf = (code: string): string => (code === unassignedType ? words.whole[language] : names(code));
  const shareOf = (part: Fen, whole: Fen): string =>
    whole === 0n ? '' : showSigned((Number(part) / Number(whole)) * 100, 2).replace('+', '');
  return tables
    .map(({ period, rows, columns, columnCodes, body, columnTotalsFen, totalFen }) => {
      const heading = `${period ?? words.all[language]} · ${axes[rows][language]} × ${axes[columns][language]} · ${moneyUnits.wanYuan[language]}`;
      const plain = body.map(({ code, cellsFen, totalFen: own }): Row => [nameOf(code), cellsFen, own]);
      const total: Row = [words.total[language], columnTotalsFen, totalFen];
      // Sums over periods say nothing of a year: there the columns stand alone.
      const summed = columns !== 'period';
      const lines = [...(rows === 'service' ? underLevels(body, norm, language) : plain), total].map(
        ([label, cells, own]) => [
          label,
          ...cells.map((cell) => (cell === null ? '' : showWanYuan(cell))),
          ...(summed ? [showWanYuan(own), shareOf(own, totalFen)] : []),
        ],
      );
      const last = summed ? [words.total[language], words.share[language]] : [];
      const headings = [...columnCodes.map(nameOf), ...last].map((text) => ({ heading: text, numeric: true }));
      return `${heading}\n${renderTable([{ heading: axes[rows][language] }, ...headings], lines)}`;
    })
    .join('\n\n');
}

/** Each service below its category, and below its group where the group has others; both with their sums. */
function underLevels(body: CrossTable['body'], { services, groups }: NormEdition, language: Language): Row[] {
  const listed = services.flatMap((service) => {
    const row = body.find(({ code }) => code === service.code);
    return row ? [{ service, row }] : [];
  });
  const level = (indent: string, name: string, of: typeof listed): Row => [
    indent + name,
    of[0].row.cellsFen.map((_, at) => addCells(of.map(({ row }) => row.cellsFen[at]))),
    sumFen(of.map(({ row }) => row.totalFen)),
  ];
  const keysOf = (of: typeof listed, key: 'category' | 'group'): Set<Service['category' | 'group']> =>
    new Set(of.map(({ service }) => service[key]));
  return [...keysOf(listed, 'category')].flatMap((category) => {
    const within = listed.filter(({ service }) => service.category === category);
    return [
      level('', categoryNames[category][language], within),
      ...[...keysOf(within, 'group')].flatMap((group) => {
        const members = within.filter(({ service }) => service.group === group);
        const name = groups.find(({ code }) => code === group)!.name[language];
        const indent = members.length > 1 ? '    ' : '  ';
        const own = members.map((member) => level(indent, member.service.name[language], [member]));
        return members.length > 1 ? [level('  ', name, members), ...own] : own;
      }),
    ];
  });
}

const addCells = (cells: readonly (Fen | null)[]): Fen | null => {
  const given = cells.filter((cell) => cell !== null);
  return given.length === 0 ? null : sumFen(given);
};
