/** What procedures announce. */

/** An appeal has come to its end, by decision or otherwise; what it had frozen may go on, or is to be corrected. */
export const appealDecided = 'procedure.appeal-decided';

/** A duty was not done by its last day; once per clock. */
export const clockOverdue = 'procedure.clock-overdue';
