/** How each operation of the API is asked by people of a county and by strangers, and to whom it shows anything. */
import { accountLines } from './matrix/account-lines';
import { agreementLines } from './matrix/agreement-lines';
import { departureLines } from './matrix/departure-lines';
import { disclosureLines } from './matrix/disclosure-lines';
import { creditLines } from './matrix/credit-lines';
import { dividendLines } from './matrix/dividend-lines';
import { ledgerLines } from './matrix/ledger-lines';
import { pointsLines } from './matrix/points-lines';
import { placeLines } from './matrix/place-lines';
import { procurementLines } from './matrix/procurement-lines';
import { settlementLines } from './matrix/settlement-lines';
import { scoreLines } from './matrix/score-lines';
import { targetLines } from './matrix/target-lines';
import type { Line } from './matrix/matrix-line';

export { keyed, norm, nothing, period, type Shows, type Things } from './matrix/matrix-line';
export { flowAbroad } from './matrix/place-lines';
export { treeOf } from './matrix/place-lines';
export { companyVersion } from './matrix/procurement-lines';
export { contractTerms } from './matrix/procurement-lines';

export const matrix: Readonly<Record<string, Line>> = {
  ...placeLines,
  ...ledgerLines,
  ...settlementLines,
  ...procurementLines,
  ...dividendLines,
  ...agreementLines,
  ...departureLines,
  ...disclosureLines,
  ...targetLines,
  ...scoreLines,
  ...creditLines,
  ...pointsLines,
  // Last, because it ends the session.
  ...accountLines,
};
