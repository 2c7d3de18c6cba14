/** What is told of an import: what was kept of it, what it changed, and every problem. */
import type { CheckCounts } from '../check/check-tables';
import type { FileFormat } from '../file/limits';
import type { CellProblem } from '../table/cell-problem';
import type { Admission } from './admit-periods';

export interface ImportReport {
  /** Null after a dry run. */
  readonly batchId: string | null;
  /** SHA-256 of the file. */
  readonly digest: string;
  /** True when this very batch was there already and still holds: nothing was added. */
  readonly alreadyImported: boolean;
  readonly dryRun: boolean;
  readonly status: Admission['status'];
  readonly format: FileFormat;
  readonly norm: { readonly id: string; readonly edition: string };
  /** Null for a whole upload. */
  readonly dataSheet: string | null;
  readonly counts: CheckCounts;
  readonly territories: readonly ImportedPeriod[];
  readonly problems: readonly CellProblem[];
  /** True when the same command had been carried out before, and this is its report of that time. */
  readonly replayed?: boolean;
}

export interface ImportedPeriod {
  readonly territory: string;
  readonly period: string;
  readonly patches: number;
  readonly statistics: number;
  /** Rows about it that were refused; when not 0 its figures are incomplete. */
  readonly refusedRows: number;
  /** Codes of the data sheets that now stand together; none after a whole upload. */
  readonly dataSheets: readonly string[];
  /** Digest of what now holds, or after a dry run would hold; part of the identity of its account. */
  readonly digest: string;
  /** Against what held before. */
  readonly change: 'new' | 'changed' | 'unchanged';
}

/** The files of an import, as far as its report names them. */
interface ReportedFile {
  readonly digest: string;
  readonly format: FileFormat;
  readonly norm: { readonly id: string; readonly edition: string };
  readonly dataSheet: string | undefined;
}

/** @param kept how it was kept, if it was */
export function reportOf(
  { digest, format, norm, dataSheet }: ReportedFile,
  { status, admitted, counts, problems }: Admission,
  kept: { batchId: string | null; alreadyImported: boolean; dryRun: boolean },
): ImportReport {
  return {
    ...kept,
    digest,
    status,
    format,
    norm: { id: norm.id, edition: norm.edition },
    dataSheet: dataSheet ?? null,
    counts,
    territories: admitted.map((each) => ({
      territory: each.territory,
      period: each.period,
      patches: each.patches,
      statistics: each.statistics.length,
      refusedRows: each.refusedRows,
      dataSheets: each.joined?.dataSheets ?? [],
      digest: each.digest,
      change: each.change,
    })),
    problems,
  };
}
