/** Says in words where an account of a successor was divided from: which account, by which split, by area, map or stated shares. */
import type { Bilingual } from '@gep/kernel';
import type { Account, ChildDivision, DivisionStep } from '../account/account';

const bases: Record<DivisionStep['basis'], Bilingual> = {
  whole: { zh: '整体', en: 'as a whole' },
  area: { zh: '按面积', en: 'by area' },
  map: { zh: '按图斑归属', en: 'by map' },
  given: { zh: '按给定份额', en: 'by the shares given' },
};

/** The split that a part came by, in words. */
export function textOfDivision(division: readonly ChildDivision[]): Bilingual {
  const words = (language: 'zh' | 'en'): string =>
    division
      .map(({ steps }) => steps.map((step) => textOfStep(step)[language]).join(language === 'zh' ? '，再' : ', then '))
      .join(language === 'zh' ? '；及' : '; and ');
  return { zh: `此为整行；其中划入：${words('zh')}`, en: `the whole line, of which came in: ${words('en')}` };
}

function textOfStep({ effective, from, to, basis, share, shareByType = {} }: DivisionStep): Bilingual {
  const types = Object.entries(shareByType).map(([type, part]) => `${type} ${part}`);
  const [zhTypes, enTypes] = types.length === 0 ? ['', ''] : [`（${types.join('、')}）`, ` (${types.join(', ')})`];
  return {
    zh: `${effective} ${from} 拆分，${bases[basis].zh}划给 ${to} ${share}${zhTypes}`,
    en: `${share}${enTypes} to ${to} by the split of ${from} on ${effective}, ${bases[basis].en}`,
  };
}

/** Which accounts an account was divided from. */
export function textOfDivided({ children }: Pick<Account, 'children'>): Bilingual {
  const named = (language: 'zh' | 'en'): string =>
    children
      .map(({ territory, digest, division = [] }) => {
        const [{ steps } = { steps: [] }] = division;
        const source = `${territory} ${digest.slice(0, 12)}`;
        return steps.length === 0
          ? source
          : `${source}（${steps.map((step) => textOfStep(step)[language]).join('; ')}）`;
      })
      .join(language === 'zh' ? '；' : '; ');
  return {
    zh: `划分自前身的账户：${named('zh')}`,
    en: `divided from accounts of predecessors: ${named('en')}`.replaceAll('（', ' (').replaceAll('）', ')'),
  };
}
