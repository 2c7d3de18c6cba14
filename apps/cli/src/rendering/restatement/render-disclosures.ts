/** Writes the log of publications and corrections for a terminal. */
import type { Disclosure } from '@gep/accounting';
import type { Language } from '../../terminal/language';
import { showYuan } from '../figures';
import { renderTable } from '../text-table';
import { beijingMoment } from '../../terminal/beijing-time';

const heads = {
  zh: ['披露', '地域', '核算期', '轮次', '时间（北京）', '发布人', '总值之差（元）', '理由'],
  en: ['disclosure', 'territory', 'period', 'round', 'since (Beijing time)', 'by', 'change of total (yuan)', 'reason'],
} as const;

export function renderDisclosures(disclosures: readonly Disclosure[], language: Language): string {
  return renderTable(
    heads[language].map((heading, at) => ({ heading, numeric: at === 3 || at === 6 })),
    disclosures.map(({ id, territory, period, round, since, publisherName, difference, reason }) => [
      ...[id, territory, period, String(round), beijingMoment(since), publisherName],
      ...[difference ? showYuan(BigInt(difference.totalFen.absolute)) : '', reason ?? ''],
    ]),
  );
}
