/** Whether a restatement is an error put right or a fraud found out: the two go different ways (E26, Regulation art. 31). */

const mark = /^\s*(造假|弄虚作假|falsified)\s*[:：]/i;

/** A reason that begins with `造假：` or `falsified:` says that figures were proven to be falsified. */
export const isFalsified = (reason: string | null): boolean => reason !== null && mark.test(reason);
