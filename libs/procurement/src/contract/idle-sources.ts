/** Why no source of a fund gives anything for a purpose in a year. */
import { type Bilingual, formatYuan } from '@gep/kernel';
import { ageOf, type FundSource } from '@gep/ledger';

type Source = Pick<FundSource, 'code' | 'purposes' | 'budgetYear' | 'availableFen'>;

/** Each source with what keeps it out: its budget year, its purposes, or that nothing is left in it. */
export function idleSources(sources: readonly Source[], purpose: string, year: number): Bilingual {
  if (sources.length === 0) return { zh: '该资金没有来源', en: 'the fund has no source' };
  const said = sources.map((source) => sayWhy(source, purpose, year));
  return { zh: said.map(({ zh }) => zh).join('；'), en: said.map(({ en }) => en).join('; ') };
}

function sayWhy({ code, purposes, budgetYear, availableFen }: Source, purpose: string, year: number): Bilingual {
  const age = ageOf(budgetYear, year);
  if (age === 'future' || age === 'surplus')
    return {
      zh: `${code} 为 ${budgetYear} 年预算（${year} 年的应付只用 ${year - 1}、${year} 年预算）`,
      en: `${code} is of the budget of ${budgetYear} (what is due of ${year} takes budgets of ${year - 1} and ${year})`,
    };
  if (purposes.length > 0 && !purposes.includes(purpose))
    return { zh: `${code} 只用于 ${purposes.join('、')}`, en: `${code} is for ${purposes.join(', ')} alone` };
  return {
    zh: `${code} 可用 ${formatYuan(availableFen)} 元`,
    en: `${code} has ${formatYuan(availableFen)} yuan free`,
  };
}
