/** Builds the report tables T1 to T14 of an account. */
import type { Bilingual } from '@gep/kernel';
import { areaTable, changeMatrix } from './area-tables';
import { changeTable } from './change-table';
import { parameterTable, sourceTable } from './parameter-tables';
import { priceTable, productList, quantityTable } from './quantity-tables';
import type { ReportSource } from './report-source';
import type { AccountReport } from './report-table';
import { excludedTable, indicatorTable, signatureTable } from './summary-tables';
import { crossTable, partTable, valueTable } from './value-tables';

/** Counts up when the tables are made another way, so that two files of one vintage can be told apart. */
const reportFormat = 4;

const makers = [
  ...[areaTable, changeMatrix, productList, quantityTable, priceTable, valueTable, crossTable],
  ...[partTable, changeTable, parameterTable, sourceTable, indicatorTable, excludedTable, signatureTable],
];

/** The same source gives the same report, to the last character. */
export function buildReport(source: ReportSource): AccountReport {
  const { account, norm, territoryName } = source;
  const { territory, period } = account;
  const called = (language: keyof Bilingual): string => (territoryName ? ` ${territoryName[language]}` : '');
  return {
    format: reportFormat,
    title: {
      zh: `${territory}${called('zh')} ${period} 生态产品总值核算报表`,
      en: `GEP report tables of ${territory}${called('en')}, ${period}`,
    },
    territory,
    territoryName: territoryName ?? null,
    period,
    norm: { id: norm.id, edition: norm.edition, title: norm.title },
    accountDigest: account.digest,
    tables: makers.map((make) => make(source)),
  };
}
