/** What targets announce, for whoever carries messages. */

/** `{planId, code, editionNo, territoryPath}`; units are told with it. */
export const planIssued = 'evaluation.plan-issued';
/** As above: the end of the plan. */
export const planClosed = 'evaluation.plan-closed';
/** `{progressId, planId, code, year, territoryPath}`. */
export const progressConfirmed = 'evaluation.progress-confirmed';
/** `{figureId, territory, year}`: it waits to be confirmed. */
export const figureSupplied = 'evaluation.figure-supplied';
