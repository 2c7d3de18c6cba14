/** Use cases of agreements: draft, sign for a party, enter into force, amend by the next edition, expire, terminate. */
import { Injectable } from '@nestjs/common';
import { canonicalJson, digestOf } from '@gep/kernel';
import { answerOnce, appendAudit, Database } from '@gep/platform';
import { type Officer, openSubject, stateOf, takeStep, type TakenStep, todayOf } from '@gep/procedure';
import { codesOfPath, getTerritory, pathsOf } from '@gep/territory';
import type { EntityManager } from 'typeorm';
import { DeedNotAgreed } from '../errors';
import { agreementSteps, type AgreementState } from './agreement-steps';
import type { AgreementTerms } from './agreement-terms';
import {
  type AgreementEdition,
  getAgreement,
  insertAgreement,
  insertCopies,
  insertSignature,
  listEditions,
  listSignatures,
  lockAgreement,
  type Signature,
} from './agreement.store';
import { sharedSuperior } from './shared-superior';
import { readAgreement } from './read-agreement';

/** An agreement as it stands. */
export interface AgreementView extends AgreementEdition {
  readonly state: AgreementState;
  readonly steps: readonly TakenStep[];
  readonly signatures: readonly Signature[];
  /** Parties that have not signed. */
  readonly unsigned: readonly string[];
  readonly editions: readonly { readonly id: string; readonly editionNo: number }[];
  /** Territory whose government decides disputes of the parties. */
  readonly disputesTo: string | null;
}

export interface Done<T> {
  readonly replayed: boolean;
  readonly result: T;
}

@Injectable()
export class AgreementService {
  constructor(private readonly database: Database) {}

  /** Drafts an agreement from its document. @throws AgreementRefused, TerritoryMissing, DeedNotAgreed, OutOfScope */
  draft(actor: Officer, document: string, key: string): Promise<Done<{ readonly id: string }>> {
    return this.drafted(actor, document, undefined, key);
  }

  /** Drafts the next edition of an agreement that was in force. @throws AgreementMissing, and what `draft` throws */
  amend(actor: Officer, agreement: string, document: string, key: string): Promise<Done<{ readonly id: string }>> {
    return this.drafted(actor, document, agreement, key);
  }

  private drafted(
    actor: Officer,
    document: string,
    amends: string | undefined,
    key: string,
  ): Promise<Done<{ readonly id: string }>> {
    const terms = readAgreement(document);
    const digest = digestOf(canonicalJson(terms));
    return this.once(actor, { key, action: 'compensation.draft', body: { digest, amends } }, async (tx) => {
      const { path: territoryPath } = await getTerritory(tx, terms.place, terms.term.from);
      const paths = await pathsOfParties(tx, terms, territoryPath);
      await lockAgreement(tx, territoryPath, terms.code);
      const before = (await listEditions(tx, territoryPath, terms.code)).at(-1);
      const amended = amends === undefined ? undefined : await getAgreement(tx, amends);
      if (amended?.id !== before?.id) throw otherAgreement(terms, before, amended);
      if (before) await requireAmendable(tx, before, digest);
      const editionNo = (before?.editionNo ?? 0) + 1;
      const agreement = await insertAgreement(tx, actor, { territoryPath, terms, digest, editionNo });
      await insertCopies(tx, agreement, paths);
      const { id } = agreement;
      await openSubject(tx, actor, agreementSteps, { id, territoryPath, documentDigest: digest });
      await this.noted(tx, actor, agreement, 'compensation.drafted', { editionNo, digest });
      return { id };
    });
  }

  /**
   * Records that a party has signed; with the last of them the agreement is signed.
   * @throws AgreementMissing, DeedNotAgreed, StepRefused
   */
  sign(
    actor: Officer,
    wish: Signature & { readonly agreement: string },
    key: string,
  ): Promise<Done<{ readonly id: string; readonly signed: boolean }>> {
    return this.once(actor, { key, action: 'compensation.sign', body: wish }, async (tx) => {
      const agreement = await getAgreement(tx, wish.agreement);
      const { terms, id } = agreement;
      await lockAgreement(tx, agreement.territoryPath, agreement.code);
      if (!terms.parties.some(({ code }) => code === wish.party))
        throw new DeedNotAgreed(terms.code, {
          zh: `没有“${wish.party}”一方；各方：${terms.parties.map(({ code }) => code).join('、')}`,
          en: `there is no party "${wish.party}"; there are ${terms.parties.map(({ code }) => code).join(', ')}`,
        });
      if (!(await insertSignature(tx, agreement, wish)))
        throw new DeedNotAgreed(terms.code, {
          zh: `“${wish.party}”已经签署`,
          en: `"${wish.party}" has signed already`,
        });
      const unsigned = await unsignedOf(tx, agreement);
      if (unsigned.length === 0)
        await takeStep(tx, actor, agreementSteps, {
          id,
          code: terms.code,
          act: 'sign',
          documentDigest: wish.documentDigest,
        });
      await this.noted(tx, actor, agreement, 'compensation.signed', {
        party: wish.party,
        signedOn: wish.signedOn,
        unsigned,
      });
      return { id, signed: unsigned.length === 0 };
    });
  }

  /** Puts a signed agreement in force; the edition before it is amended by that. @throws AgreementMissing, StepRefused */
  enter(actor: Officer, idOrCode: string, key: string): Promise<Done<{ readonly id: string }>> {
    return this.once(actor, { key, action: 'compensation.enter', body: { agreement: idOrCode } }, async (tx) => {
      const agreement = await getAgreement(tx, idOrCode);
      const { id, territoryPath, code, editionNo } = agreement;
      await lockAgreement(tx, territoryPath, code);
      await takeStep(tx, actor, agreementSteps, { id, code, act: 'enter' });
      for (const earlier of await listEditions(tx, territoryPath, code))
        if (earlier.editionNo < editionNo && (await stateOfAgreement(tx, earlier.id)).state === 'in-force')
          await takeStep(tx, actor, agreementSteps, { id: earlier.id, act: 'amend' });
      await this.noted(tx, actor, agreement, 'compensation.entered', { editionNo });
      return { id };
    });
  }

  /** Ends an agreement: at the end of its term, or before it, with a reason. @throws DeedNotAgreed, StepRefused */
  end(
    actor: Officer,
    wish: { readonly agreement: string; readonly act: 'expire' | 'terminate'; readonly reason?: string },
    key: string,
  ): Promise<Done<{ readonly id: string }>> {
    return this.once(actor, { key, action: `compensation.${wish.act}`, body: wish }, async (tx) => {
      const agreement = await getAgreement(tx, wish.agreement);
      const { id, terms } = agreement;
      const today = await todayOf(tx);
      if (wish.act === 'expire' && today <= terms.term.to)
        throw new DeedNotAgreed(terms.code, {
          zh: `期限至 ${terms.term.to}，尚未期满；提前结束请用 terminate 并说明理由`,
          en: `its term lasts until ${terms.term.to}; to end it earlier, terminate it with a reason`,
        });
      await takeStep(tx, actor, agreementSteps, { id, code: terms.code, act: wish.act, reason: wish.reason });
      await this.noted(tx, actor, agreement, `compensation.${wish.act}d`, { reason: wish.reason ?? null });
      return { id };
    });
  }

  /** @throws AgreementMissing */
  show(actor: Officer, idOrCode: string): Promise<AgreementView> {
    return this.database.snapshot(actor, async (tx) => viewAgreement(tx, await getAgreement(tx, idOrCode)));
  }

  private noted(
    tx: EntityManager,
    actor: Officer,
    agreement: AgreementEdition,
    action: string,
    after: object,
  ): Promise<void> {
    const { id, code, territoryPath } = agreement;
    return appendAudit(tx, { actor, action, subject: `${code} ${id}`, territoryPath, after });
  }

  private once<T>(
    actor: Officer,
    command: { readonly key: string; readonly action: string; readonly body: unknown },
    work: (tx: EntityManager) => Promise<T>,
  ): Promise<Done<T>> {
    return this.database.transaction(actor, async (tx) => {
      const { response: result, replayed } = await answerOnce(tx, { actor, ...command }, () => work(tx));
      return { result, replayed };
    });
  }
}

export async function viewAgreement(tx: EntityManager, agreement: AgreementEdition): Promise<AgreementView> {
  const { state, steps } = await stateOfAgreement(tx, agreement.id);
  const editions = await listEditions(tx, agreement.territoryPath, agreement.code);
  return {
    ...{ ...agreement, state, steps, signatures: await listSignatures(tx, agreement.id) },
    unsigned: await unsignedOf(tx, agreement),
    editions: editions.map(({ id, editionNo }) => ({ id, editionNo })),
    disputesTo: await superiorOf(tx, agreement),
  };
}

export async function stateOfAgreement(
  tx: EntityManager,
  id: string,
): Promise<{ readonly state: AgreementState; readonly steps: readonly TakenStep[] }> {
  const found = await stateOf(tx, { kind: agreementSteps.kind, id });
  return { state: (found?.state ?? agreementSteps.first) as AgreementState, steps: found?.steps ?? [] };
}

async function unsignedOf(tx: EntityManager, { id, terms }: AgreementEdition): Promise<string[]> {
  const signed = new Set((await listSignatures(tx, id)).map(({ party }) => party));
  return terms.parties.map(({ code }) => code).filter((code) => !signed.has(code));
}

/** Where each party reads its copy: its own territory, or that of the fund. @throws TerritoryMissing */
async function pathsOfParties(
  tx: EntityManager,
  { parties, term }: AgreementTerms,
  own: string,
): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const { code, place } of parties)
    found.set(code, place === null ? own : (await getTerritory(tx, place, term.from)).path);
  return found;
}

async function superiorOf(tx: EntityManager, { terms, territoryPath }: AgreementEdition): Promise<string | null> {
  const places = [...new Set(terms.parties.flatMap(({ place }) => (place === null ? [] : [place])))];
  const paths = await pathsOf(tx, places, terms.term.from);
  const known = places.map((place) => paths.get(place)).filter((path) => path !== undefined);
  const superior = sharedSuperior(known.length > 0 ? known : [territoryPath]);
  return superior === undefined ? null : (codesOfPath(superior).at(-1) ?? null);
}

/** A document of another agreement than the one that is amended, or of one that is there already. */
function otherAgreement(
  { code, place }: AgreementTerms,
  before: AgreementEdition | undefined,
  amended: AgreementEdition | undefined,
): DeedNotAgreed {
  if (amended)
    return new DeedNotAgreed(amended.code, {
      zh: `新版的代码与地域应与原协议相同（${amended.code}，${amended.terms.place}），文件写的是 ${code}，${place}；修订须针对最后一版`,
      en: `its next edition keeps code and place (${amended.code}, ${amended.terms.place}), the document says ${code}, ${place}; the last edition is amended`,
    });
  return new DeedNotAgreed(code, {
    zh: `${place} 已有此协议（第 ${before!.editionNo} 版 ${before!.id}）；请用修订（gep agreement amend 或 POST /api/v1/agreements/{id}/amendments）`,
    en: `${place} has it already (edition ${before!.editionNo}, ${before!.id}); amend it (gep agreement amend or POST /api/v1/agreements/{id}/amendments)`,
  });
}

/** @throws DeedNotAgreed */
async function requireAmendable(tx: EntityManager, before: AgreementEdition, digest: string): Promise<void> {
  const { state } = await stateOfAgreement(tx, before.id);
  if (before.digest === digest)
    throw new DeedNotAgreed(before.code, {
      zh: `第 ${before.editionNo} 版内容相同`,
      en: `edition ${before.editionNo} says the same`,
    });
  if (state === 'drafted' || state === 'signed')
    throw new DeedNotAgreed(before.code, {
      zh: `第 ${before.editionNo} 版尚未生效（${agreementSteps.nameOfState[state].zh}）；请先使其生效或终止，再起草新版`,
      en: `edition ${before.editionNo} is ${agreementSteps.nameOfState[state].en} and not in force; put it in force or terminate it before the next one is drafted`,
    });
}
