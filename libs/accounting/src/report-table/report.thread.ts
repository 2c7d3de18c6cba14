/** The task that threads of reports do: a workbook. */
import type { AccountReport } from './report-table';
import { reportWorkbook } from './report-workbook';
import type { ReportLanguage } from './written-cells';

export interface WorkbookTask {
  readonly report: AccountReport;
  readonly language: ReportLanguage;
}

export function handle({ report, language }: WorkbookTask): Uint8Array {
  return reportWorkbook(report, language);
}
