/** Splits the change of a whole by adding the effects of its parts, so that no price has to be averaged. */
import { assert, Fen, UnitTable } from '@gep/kernel';
import { compareCodes } from '../account/line-order';
import { ChangeCorners, ChangeDecomposition, decomposeChange, gatherEffects, LineEffects } from './decompose-change';
import { noEffects } from './effects';
import { ChangeAccount, ChangeLine } from './line-sides';

/** A part of a whole that is there on both sides, or on one side only. */
export type ChangePart =
  | { readonly corners: ChangeCorners }
  | { readonly gone: ChangeAccount }
  | { readonly come: ChangeAccount };

/**
 * Adds the effects of the parts. A part that is there on one side only has come or gone with the boundary: all of its value is
 * boundary effect.
 * @throws BrokenInvariant when parts do not add up to their whole
 */
export function decomposeParts(
  [before, after]: readonly [ChangeAccount, ChangeAccount],
  parts: readonly ChangePart[],
  units: UnitTable,
): ChangeDecomposition {
  const territories = parts.map(territoryOf);
  assert(new Set(territories).size === parts.length, 'a part is given twice');
  const ordered = [...parts].sort((a, b) => compareCodes(territoryOf(a), territoryOf(b)));
  return gatherEffects(
    before,
    after,
    ordered.flatMap((part) => linesOfPart(part, units)),
  );
}

/** The effects of a part, line by line. */
export function linesOfPart(part: ChangePart, units: UnitTable): readonly LineEffects[] {
  if ('corners' in part) return decomposeChange(part.corners, units).lines;
  const isGone = 'gone' in part;
  const account = isGone ? part.gone : part.come;
  return account.lines.map((line) => boundaryLine(line, account.territory, isGone));
}

function territoryOf(part: ChangePart): string {
  if ('corners' in part) return part.corners.corners[0].account.territory;
  return ('gone' in part ? part.gone : part.come).territory;
}

function boundaryLine(line: ChangeLine, territory: string, isGone: boolean): LineEffects {
  const { service, category, group, type, item, valueFen } = line;
  const [beforeFen, afterFen]: readonly [Fen, Fen] = isGone ? [valueFen, 0n] : [0n, valueFen];
  const changeFen = afterFen - beforeFen;
  return {
    ...{ territory, service, category, group, type, item, beforeFen, afterFen, changeFen },
    effects: { ...noEffects, boundary: changeFen },
    implied: false,
  };
}
