/** Splits the change between two accounts into effects, line by line, to the fen. */
import { assert, Fen, UnitTable } from '@gep/kernel';
import { unassignedType } from '../account/account';
import { AccountReference } from '../account/compare-accounts';
import { evidenceOf, joinEvidence, type TotalsEvidence } from '../account/evidence';
import { addEffects, ChangeEffect, changeEffects, EffectFen, noEffects, sumOfEffects } from './effects';
import { ChangeAccount, ChangeLine, ChangeSide, SideReader, UnitWorth } from './line-sides';
import { plusRatio, Ratio } from './ratio';
import { ExactEffect, roundEffects } from './round-effects';
import { splitLine } from './split-line';

/** What may have changed beside the observation. */
export type ChangeSetting = 'norm' | 'boundary';

/**
 * The accounts that a change is split by. Without settings these are the one before and the one after. With settings they are
 * all combinations: bit 0 of the position is the observation (0 before, 1 after), bit 1 the first setting, bit 2 the second.
 * [before, observation of after under the settings of before, observation of before under those of after, after].
 */
export interface ChangeCorners {
  readonly settings: readonly ChangeSetting[];
  readonly corners: readonly ChangeSide[];
}

/** The change of one line with its effects, which sum to it. */
export interface LineEffects {
  readonly territory: string;
  readonly service: string;
  readonly category: string;
  readonly group: string;
  readonly type: string | null;
  readonly item: string | null;
  readonly beforeFen: Fen;
  readonly afterFen: Fen;
  readonly changeFen: Fen;
  readonly effects: EffectFen;
  /** Its price is the value of one unit, because parts with different prices were added up. */
  readonly implied: boolean;
}

/** A change and its effects in every cut; in each of them the effects sum to the change to the fen. */
export interface ChangeDecomposition {
  readonly before: AccountReference;
  readonly after: AccountReference;
  readonly beforeFen: Fen;
  readonly afterFen: Fen;
  readonly changeFen: Fen;
  readonly effects: EffectFen;
  readonly byService: Readonly<Record<string, EffectFen>>;
  readonly byType: Readonly<Record<string, EffectFen>>;
  readonly byTerritory: Readonly<Record<string, EffectFen>>;
  readonly lines: readonly LineEffects[];
  /** The weakest evidence of both sides. */
  readonly evidence: ChangeEvidence;
}

export type ChangeEvidence = Pick<TotalsEvidence, 'total' | 'byService' | 'byType'>;

/**
 * Splits a change. Factors of a line are shared by the average over all orders (Shapley); a setting is one more player, and
 * the factors together are another (Owen), so every effect is the average over what the others may have been.
 * The effects of the swapped question are the negative ones, to the fen.
 * @param units of the norm, for lines whose quantity and price are in different units
 * @throws BrokenInvariant when corners are missing, IncompatibleUnits
 */
export function decomposeChange({ settings, corners }: ChangeCorners, units: UnitTable): ChangeDecomposition {
  assert(corners.length === 2 ** (settings.length + 1), `${corners.length} accounts for ${settings.length} settings`);
  assert(new Set(settings).size === settings.length, 'a setting is named twice');
  const worth = UnitWorth.of(units);
  const readers = corners.map((side) => new SideReader(side, worth));
  const keys = [...new Set(readers.flatMap((reader) => reader.keys()))];
  const [before, after] = [corners[0].account, corners[corners.length - 1].account];
  const lines = keys.map((key) => lineEffects(key, after.territory, settings, readers));
  return gatherEffects(before, after, lines);
}

function lineEffects(
  key: string,
  territory: string,
  settings: readonly ChangeSetting[],
  readers: readonly SideReader[],
): LineEffects {
  const line = readers.map((reader) => reader.line(key)).find((found) => found !== undefined)!;
  const fenOf = (corner: number): Fen => readers[corner].line(key)?.valueFen ?? 0n;
  const beforeFen = fenOf(0);
  const afterFen = fenOf(readers.length - 1);
  const exact = new Map<ChangeEffect, Ratio>();
  const add = (effect: ChangeEffect, fen: Ratio, [top, bottom]: Weight): void => {
    const part = { top: fen.top * top, bottom: fen.bottom * bottom };
    const sum = exact.get(effect);
    exact.set(effect, sum ? plusRatio(sum, part) : part);
  };
  const players = settings.length + 1;
  let implied = false;
  for (const others of withoutPlayer(0, players)) {
    const [from, to] = [readers[others], readers[others | 1]];
    if (!from.line(key) && !to.line(key)) continue;
    const split = splitLine(from.read(key, line.type), to.read(key, line.type));
    implied ||= split.implied;
    for (const { effect, fen } of split.effects) add(effect, fen, weightOf(others, players));
  }
  settings.forEach((setting, at) => {
    for (const others of withoutPlayer(at + 1, players))
      add(setting, { top: fenOf(others | (2 << at)) - fenOf(others), bottom: 1n }, weightOf(others, players));
  });
  const ordered = changeEffects.flatMap((effect): readonly ExactEffect[] => {
    const fen = exact.get(effect);
    return fen ? [{ effect, fen }] : [];
  });
  const effects = roundEffects(ordered, afterFen - beforeFen);
  return { ...nameOf(line, territory), beforeFen, afterFen, changeFen: afterFen - beforeFen, effects, implied };
}

const nameOf = (line: ChangeLine, territory: string) => {
  const { service, category, group, type, item } = line;
  return { territory, service, category, group, type, item };
};

type Weight = readonly [top: bigint, bottom: bigint];

/** Sets of players, as bits, that the given one is not in. */
function withoutPlayer(player: number, players: number): number[] {
  return Array.from({ length: 2 ** players }, (_, set) => set).filter((set) => (set & (1 << player)) === 0);
}

/** How often just these players have changed before the next one, among all orders. */
function weightOf(set: number, players: number): Weight {
  const factorials = [1n, 1n, 2n, 6n];
  const size = [...set.toString(2)].filter((bit) => bit === '1').length;
  return [factorials[size] * factorials[players - 1 - size], factorials[players]];
}

/** Sums lines by service, type and territory. @throws BrokenInvariant when anything is left */
export function gatherEffects(
  before: ChangeAccount,
  after: ChangeAccount,
  lines: readonly LineEffects[],
): ChangeDecomposition {
  const byService: Record<string, EffectFen> = {};
  const byType: Record<string, EffectFen> = {};
  const byTerritory: Record<string, EffectFen> = {};
  let effects = noEffects;
  for (const line of lines) {
    for (const [map, key] of [
      [byService, line.service],
      [byType, line.type ?? unassignedType],
      [byTerritory, line.territory],
    ] as const)
      map[key] = addEffects(map[key] ?? noEffects, line.effects);
    effects = addEffects(effects, line.effects);
  }
  const [beforeFen, afterFen] = [before.totals.totalFen, after.totals.totalFen];
  const left = afterFen - beforeFen - sumOfEffects(effects);
  assert(left === 0n, `${left} fen of the change of ${after.territory} are left without an effect`);
  return {
    before: referenceTo(before),
    after: referenceTo(after),
    beforeFen,
    afterFen,
    changeFen: afterFen - beforeFen,
    effects,
    byService,
    byType,
    byTerritory,
    evidence: evidenceOfBoth(before, after),
    lines,
  };
}

const referenceTo = ({ territory, period, norm, digest, lines }: ChangeAccount): AccountReference => ({
  territory,
  period,
  norm,
  digest,
  grade: evidenceOf(lines).total,
});

function evidenceOfBoth(before: ChangeAccount, after: ChangeAccount): ChangeEvidence {
  const { total, byService, byType } = joinEvidence(evidenceOf(before.lines), evidenceOf(after.lines));
  return { total, byService, byType };
}
