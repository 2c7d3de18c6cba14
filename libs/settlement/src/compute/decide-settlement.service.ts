/** Decides a settlement without writing anything: figures are gathered and frozen, the rule decides, parts follow. */
import { type Bilingual, InvalidPeriod, parsePeriod, periodEnd } from '@gep/kernel';
import { type Fund, getFund } from '@gep/ledger';
import {
  decide,
  type Decision,
  getPolicyEdition,
  listPoliciesInForce,
  policyInForce,
  type PolicyRule,
} from '@gep/rulebook';
import { stateOf } from '@gep/procedure';
import { isWithin, pathsOf } from '@gep/territory';
import type { EntityManager } from 'typeorm';
import { digestOfDecision, linesOf, partyOf } from '../decision/settlement-line';
import { nothingBefore, type PartsBefore, partsOf } from '../decision/settlement-part';
import { isCorrection, isFund, settlementKinds, type SettlementDraft } from '../draft/settlement-draft';
import { SettlementConflict, SettlementRefused } from '../errors';
import { freezeBook, type FrozenInput } from '../input/plain-book';
import { readInput } from '../input/read-input';
import type { AccountFigure } from '../input/settlement-input';
import { readTerms } from '../restatement/true-up-terms';
import type { PlacedPart, SettlementHead } from '../settlement';
import type { SettlementTools } from '../settlement-tools.service';
import { getHead, type PlacedLine } from '../settlement.store';
import { gatherFigures } from './gather-figures.service';
import { advancedBefore, listWaiting, standingsOf } from './standing.service';

/** A settlement that could be written. */
export interface DecidedSettlement {
  /** With the edition that decided. */
  readonly draft: SettlementDraft;
  readonly rule: PolicyRule;
  readonly fund: Fund;
  readonly frozen: FrozenInput;
  readonly decision: Decision;
  readonly decisionDigest: string;
  readonly figures: readonly AccountFigure[];
  readonly lines: readonly PlacedLine[];
  readonly parts: readonly PlacedPart[];
}

/** @throws SettlementRefused, SettlementConflict, FiguresRefused, PolicyNotInForce, PolicyInputRefused, PolicyNotDecided, LedgerMissing */
export async function decideSettlement(
  tx: EntityManager,
  tools: SettlementTools,
  given: SettlementDraft,
): Promise<DecidedSettlement> {
  checkDraft(given);
  const fund = await getFund(tx, given.fundId);
  if (!isWithin(given.territoryPath, fund.territoryPath))
    throw new SettlementRefused(given.code, {
      zh: `地域 ${given.territoryPath} 不在资金 ${fund.code} 的地域 ${fund.territoryPath} 之内；请用上级资金或改正地域`,
      en: `territory ${given.territoryPath} does not lie in ${fund.territoryPath}, that of the fund ${fund.code}; use a fund of a territory above, or correct the territory`,
    });
  const about = given.about === undefined ? undefined : await getCorrected(tx, given);
  const rule = await ruleOf(tx, given, about);
  const draft = { ...given, policy: { id: rule.id, edition: rule.edition } };
  const units = await tools.units();
  const { table, figures } = await gatherFigures(tx, tools, draft);
  const book = readInput(rule, units, table, draft.period);
  const frozen = freezeBook(book);
  const decision = decide(rule, book, rule.period === 'none' ? '' : draft.period);
  const lines = linesOf(decision, draft, fund.code);
  const before = await beforeOf(tx, draft, fund);
  const parts = partsOf(lines, draft, before, namesOf(decision, draft, fund.code));
  const codes = [...new Set([...lines.map(({ unit }) => unit), ...parts.map(({ party }) => party)])];
  const paths = await pathsOf(tx, codes, periodEnd(draft.period));
  const placeOf = (code: string): string | undefined => {
    const path = paths.get(code);
    return path !== undefined && isWithin(path, draft.territoryPath) ? path : undefined;
  };
  const placed = lines.map((line) => ({
    ...line,
    territoryPath: placeOf(line.unit) ?? placeOf(line.toParty) ?? placeOf(line.fromParty) ?? draft.territoryPath,
  }));
  const ofParty = placesOfParties(placed);
  return {
    ...{ draft, rule, fund, frozen, decision, figures, lines: placed },
    decisionDigest: digestOfDecision(decision),
    parts: parts.map((part) => ({
      ...part,
      territoryPath: placeOf(part.party) ?? onlyOne(ofParty.get(part.party)?.paths) ?? draft.territoryPath,
      vintageId: vintageOf(figures, ofParty.get(part.party)?.units ?? new Set(), draft.period) ?? null,
    })),
  };
}

function checkDraft(draft: SettlementDraft): void {
  const refuse = (zh: string, en: string): never => {
    throw new SettlementRefused(draft.code, { zh, en });
  };
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$/.test(draft.code))
    refuse('代码应为 1 到 80 个字母、数字或 . _ -', 'a code has 1 to 80 letters, digits or . _ -');
  if (!settlementKinds.includes(draft.kind))
    refuse(
      `没有种类“${draft.kind}”；可选：${settlementKinds.join('、')}`,
      `there is no kind "${draft.kind}"; choose from ${settlementKinds.join(', ')}`,
    );
  if (!/^[\x21-\x7e]{1,100}$/.test(draft.agreement))
    refuse(
      '协议代码应为 1 到 100 个可见的 ASCII 字符',
      'the code of an agreement has 1 to 100 visible ASCII characters',
    );
  for (const period of [draft.period, draft.moneyPeriod ?? draft.period])
    try {
      parsePeriod(period);
    } catch (error) {
      if (error instanceof InvalidPeriod) refuse(error.text.zh, error.text.en);
      throw error;
    }
  readTerms(draft.trueUp);
  if (isCorrection(draft.kind) !== (draft.about !== undefined))
    refuse(
      '更正（supplement、true-up、clawback）须在 about 中写明所更正的结算，其他种类不写',
      'a correction (supplement, true-up, clawback) names in "about" what it corrects, and no other kind does',
    );
  const begins = draft.period.slice(0, 4);
  if (draft.kind === 'advance' && draft.agreementUntil !== undefined && draft.agreementUntil < `${begins}-01-01`)
    refuse(
      `协议 ${draft.agreement} 已于 ${draft.agreementUntil} 到期，不再为 ${draft.period} 预付；以前各期仍可结算`,
      `agreement ${draft.agreement} ended on ${draft.agreementUntil}, so nothing is advanced for ${draft.period}; earlier periods can still be settled`,
    );
}

/** @throws SettlementConflict, SettlementMissing */
async function getCorrected(tx: EntityManager, draft: SettlementDraft): Promise<SettlementHead> {
  const about = await getHead(tx, draft.about!);
  const refuse = (zh: string, en: string): SettlementConflict =>
    new SettlementConflict(draft.code, { zh, en }, { about: about.code });
  if (isCorrection(about.kind))
    throw refuse(
      `${about.code} 本身是更正；请在 about 中写明原结算 ${about.about}`,
      `${about.code} is a correction itself; name the original settlement ${about.about} in "about"`,
    );
  if (about.agreement !== draft.agreement || about.fundId !== draft.fundId || about.period !== draft.period)
    throw refuse(
      `更正与原结算 ${about.code} 的协议、资金、核算期应相同（${about.agreement}、${about.fundCode}、${about.period}）`,
      `a correction has the agreement, fund and period of ${about.code}, which it corrects (${about.agreement}, ${about.fundCode}, ${about.period})`,
    );
  const steps = (await stateOf(tx, { kind: 'settlement', id: about.id }))?.steps ?? [];
  if (!steps.some(({ act, to }) => act === 'pay' || to === 'closed'))
    throw refuse(
      `${about.code} 尚未支付；未支付的请撤回并重新核算（gep settlement withdraw 或 POST /api/v1/settlements/{id}/withdraw），不作更正`,
      `${about.code} is not paid; withdraw what is not paid and compute it anew (gep settlement withdraw, POST /api/v1/settlements/{id}/withdraw) instead of correcting it`,
    );
  return about;
}

/** @throws PolicyNotInForce, PolicyEditionNotFound, SettlementRefused */
async function ruleOf(
  tx: EntityManager,
  draft: SettlementDraft,
  about: SettlementHead | undefined,
): Promise<PolicyRule> {
  const { territoryPath, period, mechanism, agreement } = draft;
  const { id, edition } = draft.policy;
  const question = { territoryPath, period, mechanism, slot: agreement };
  if (edition === '') return (await policyInForce(tx, { ...question, ...(id !== '' && { id }) })).rule;
  const rule = await getPolicyEdition(tx, edition);
  const inForce = await listPoliciesInForce(tx, { territoryPath, period });
  const isAdopted = edition === about?.ruleEdition || inForce.some((one) => one.edition === edition);
  if (isAdopted && rule.mechanism === mechanism) return rule;
  throw new SettlementRefused(
    draft.code,
    rule.mechanism === mechanism
      ? {
          zh: `规则 ${rule.id} 的版本 ${edition.slice(0, 12)} 在 ${territoryPath} 的 ${period} 未启用；请由批准人启用（gep policy adopt 或 POST /api/v1/policies/{edition}/adoptions），或不写版本以使用启用中的规则`,
          en: `edition ${edition.slice(0, 12)} of the rule ${rule.id} is not in force in ${territoryPath} for ${period}; have an approver adopt it (gep policy adopt, POST /api/v1/policies/{edition}/adoptions), or name no edition to use the one in force`,
        }
      : {
          zh: `规则 ${rule.id} 属于“${rule.mechanism}”，不能用于“${mechanism}”的结算`,
          en: `the rule ${rule.id} belongs to ${rule.mechanism} and settles nothing of ${mechanism}`,
        },
    { rule: rule.id, edition },
  );
}

async function beforeOf(tx: EntityManager, draft: SettlementDraft, fund: Fund): Promise<PartsBefore> {
  if (draft.kind === 'advance') return nothingBefore;
  if (draft.about !== undefined) return { ...nothingBefore, ...(await standingsOf(tx, draft.about)) };
  const waiting = new Map<string, bigint>();
  for (const { party, leftFen } of await listWaiting(tx, draft))
    waiting.set(party, (waiting.get(party) ?? 0n) + leftFen);
  return { ...nothingBefore, advanced: await advancedBefore(tx, fund, draft), waiting };
}

function namesOf({ balances }: Decision, draft: SettlementDraft, fund: string): (party: string) => Bilingual {
  const names = new Map<string, Bilingual>(Object.entries(draft.nameOfParty ?? {}));
  for (const { name, ...side } of balances) {
    const party = partyOf(side, draft, fund);
    if (!names.has(party)) names.set(party, name);
  }
  return (party) => names.get(party) ?? { zh: party, en: party };
}

/** Where the lines of each party but the fund lie, and of which units they are. */
function placesOfParties(lines: readonly PlacedLine[]): Map<string, { paths: Set<string>; units: Set<string> }> {
  const found = new Map<string, { paths: Set<string>; units: Set<string> }>();
  for (const { fromParty, toParty, territoryPath, unit } of lines)
    for (const party of [fromParty, toParty].filter((one) => !isFund(one))) {
      const places = found.get(party) ?? { paths: new Set(), units: new Set() };
      places.paths.add(territoryPath);
      if (unit !== '') places.units.add(unit);
      found.set(party, places);
    }
  return found;
}

const onlyOne = (paths: ReadonlySet<string> = new Set()): string | undefined =>
  paths.size === 1 ? [...paths][0] : undefined;

/** The vintage of the period that the figures of these units were taken from, where it is one. */
function vintageOf(figures: readonly AccountFigure[], units: ReadonlySet<string>, period: string): string | undefined {
  const own = figures.filter((figure) => units.has(figure.unit) && figure.period === period);
  return onlyOne(new Set(own.map(({ accountId }) => accountId)));
}
