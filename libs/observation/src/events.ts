/** What observation announces. */

/** A batch changed what holds for some territories and periods. Its key is the batch id. */
export const batchImported = 'observation.batchImported';

export interface BatchImported {
  readonly batchId: string;
  readonly normId: string;
  /** Only those whose figures are new or changed. */
  readonly territories: readonly { readonly territory: string; readonly period: string }[];
}
