/** The one decimal type of the project, set to 40 significant digits; import it from here, never from decimal.js. */
import DecimalJs from 'decimal.js';

/**
 * Exact-decimal arithmetic for audits and for the step from a quantity to money.
 * 40 digits, half away from zero, never exponential text. The default of the library (20 digits) truncates silently.
 */
export const Decimal = DecimalJs.clone({
  precision: 40,
  rounding: DecimalJs.ROUND_HALF_UP,
  toExpNeg: -60,
  toExpPos: 60,
});
export type Decimal = DecimalJs;
