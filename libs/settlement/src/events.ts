/** What settlement announces. */

/** A settlement was asked for and is to be computed: `{requestId}`. */
export const settlementRequested = 'settlement.requested';
/** `{settlementId, code, agreement, period, territoryPath}`, as the two below. */
export const settlementComputed = 'settlement.computed';
export const settlementApproved = 'settlement.approved';
export const settlementPaid = 'settlement.paid';
