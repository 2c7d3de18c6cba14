/** Yearly disclosures and what was checked of a downloaded one, as plain text. */
import type { DisclosureDocument, DisclosureVerdict, YearlyDisclosure } from '@gep/evaluation';
import type { Language } from '../../terminal/language';
import { renderTable } from '../text-table';

const outcomes = {
  holds: { zh: '成立', en: 'holds' },
  broken: { zh: '不符', en: 'BROKEN' },
  unchecked: { zh: '未核', en: 'not checked' },
} as const;

export function renderVerdict({ whole, checks }: DisclosureVerdict, language: Language): string {
  const lines = checks.map(
    ({ outcome, text, place }) =>
      `${outcomes[outcome][language]}: ${text[language]}${place === undefined ? '' : ` (${place})`}`,
  );
  const last = whole
    ? { zh: '文件完整，与公布时一致。', en: 'The file is whole, as it was published.' }
    : { zh: '文件与公布时不一致，不可采信。', en: 'The file is not what was published; do not rely on it.' };
  return [...lines, last[language]].join('\n');
}

export function renderDisclosures(rows: readonly YearlyDisclosure[], language: Language): string {
  if (rows.length === 0) return language === 'zh' ? '没有年度披露。' : 'There is no yearly disclosure.';
  const headings = {
    zh: ['编号', '地域', '年份', '版次', '公布日', '更正理由'],
    en: ['Id', 'Territory', 'Year', 'Edition', 'Published on', 'Why corrected'],
  }[language];
  return renderTable(
    headings.map((heading, at) => ({ heading, numeric: at === 2 || at === 3 })),
    rows.map(({ id, territory, year, edition, publishedOn, document }) => [
      ...[id, territory, String(year), String(edition), publishedOn ?? '–'],
      (JSON.parse(document) as DisclosureDocument).reason ?? '',
    ]),
  );
}

export function renderDisclosure({ plain, figures, corrections }: DisclosureDocument, language: Language): string {
  const headings = { zh: ['名称', '数值', '单位', '数据'], en: ['Name', 'Value', 'Unit', 'Figure'] }[language];
  const table = renderTable(
    headings.map((heading, at) => ({ heading, numeric: at === 1 })),
    figures.map(({ id, name, value, unit }) => [name[language], value, unit, id]),
  );
  const corrected = corrections.map(
    ({ figure, before, after }) => `${figure}: ${before?.value ?? '–'} → ${after?.value ?? '–'}`,
  );
  return [plain[language], '', table, ...(corrected.length > 0 ? ['', ...corrected] : [])].join('\n');
}
