/** What credit announces; identifiers never leave the register, so every payload speaks of a subject by its number. */

/** An entry counts, or no longer: subject, event, score before and after. */
export const creditScored = 'credit.scored';
/** An entry was corrected or an objection to it upheld: subject, event, who had asked for the score under consent, measures lifted. */
export const creditCorrected = 'credit.corrected';
/** A credit user was told whether a record opens a loan: the decision with its basis, the loan asked about, caps and obstacles. */
export const creditLoanDecided = 'credit.loan-decided';
/** A measure came into force or was lifted. */
export const creditMeasureChanged = 'credit.measure-changed';

/** Somebody asked that everybody of a territory be scored anew: run. */
export const rescoreRequested = 'credit.rescore-requested';
/** A run has ended: subjects, and how many scores changed. Scores of one subject are not announced. */
export const creditRescored = 'credit.rescored';
