/** Whether an account is complete, as far as refused rows decide it: they are not in its lines. */
import { Coverage } from './account';

/** @param wanting that something else is wanting */
export function completeness(refusedRows = 0, wanting = false): Pick<Coverage, 'complete' | 'refusedRows'> {
  return { complete: refusedRows === 0 && !wanting, ...(refusedRows > 0 && { refusedRows }) };
}
