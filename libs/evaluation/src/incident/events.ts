/** What the register of incidents announces. */

/** `{incidentId, territory, kind, period, state}`: scores of that year may have to be computed anew. */
export const incidentJudged = 'evaluation.incident-judged';
