/** What may be refused about proposing rules and putting them in force. */
import { DomainError, type Bilingual } from '@gep/kernel';
import type { Adoption } from './adoption';

const lastLabel = (path: string): string => path.split('.').at(-1)!;
const slotText = (slot: string): string => (slot === '' ? '' : ` [${slot}]`);

/** No edition of this digest was proposed. */
export class PolicyEditionNotFound extends DomainError {
  readonly code = 'policy.edition-not-found';
  readonly kind = 'missing';
  constructor(edition: string) {
    super(
      {
        zh: `没有规则版本 ${edition}；请先提出该规则（gep policy propose，或 POST /api/v1/policies），已有的版本见 gep policy editions 或 GET /api/v1/policies`,
        en: `there is no edition ${edition} of a rule; propose the rule first (gep policy propose, or POST /api/v1/policies); gep policy editions or GET /api/v1/policies lists those there are`,
      },
      { edition },
    );
  }
}

/** No rule that fits is in force in the territory on the day. */
export class PolicyNotInForce extends DomainError {
  readonly code = 'policy.not-in-force';
  readonly kind = 'missing';
  constructor(
    wanted: { readonly id?: string; readonly mechanism?: string; readonly slot?: string },
    { territory, period, day }: { readonly territory: string; readonly period: string; readonly day: string },
    inForce: readonly Adoption[],
  ) {
    const rule = [wanted.id, wanted.mechanism].filter((text) => text !== undefined).join(' ') || '*';
    const others = inForce.map(({ policyId, slot }) => `${policyId}${slotText(slot)}`);
    super(
      {
        zh: `${territory} 在 ${period}（按 ${day}）没有启用中的规则“${rule}”${wanted.slot ? `（协议 ${wanted.slot}）` : ''}；${others.length > 0 ? `启用中的有：${others.join('、')}；` : ''}请由批准人启用（gep policy adopt，或 POST /api/v1/policies/{edition}/adoptions），或直接写明版本`,
        en: `no rule "${rule}"${wanted.slot ? ` for the agreement ${wanted.slot}` : ''} is in force in ${territory} for ${period} (by ${day})${others.length > 0 ? `; in force: ${others.join(', ')}` : ''}; have an approver adopt it (gep policy adopt, or POST /api/v1/policies/{edition}/adoptions), or name the edition`,
      },
      { ...wanted, territory, period, day, inForce: others },
    );
  }
}

/** Several editions are in force and nothing says which is meant. */
export class PolicyAmbiguous extends DomainError {
  readonly code = 'policy.ambiguous';
  readonly kind = 'conflict';
  constructor(territory: string, period: string, found: readonly Adoption[]) {
    const named = found.map(({ policyId, slot, edition }) => `${policyId}${slotText(slot)} ${edition.slice(0, 12)}`);
    super(
      {
        zh: `${territory} 在 ${period} 有几条启用中的规则：${named.join('、')}；请写明规则代码或协议（slot）`,
        en: `several rules are in force in ${territory} for ${period}: ${named.join(', ')}; name the rule or the agreement (slot)`,
      },
      { territory, period, found: named },
    );
  }
}

/** An adoption that may not be made, and how to mend it. */
export class AdoptionRefused extends DomainError {
  readonly code = 'policy.adoption-refused';
  readonly kind = 'conflict';
  constructor(policyId: string, placePath: string, reason: Bilingual, mend: Bilingual) {
    const territory = lastLabel(placePath);
    super(
      {
        zh: `规则“${policyId}”未在 ${territory} 启用：${reason.zh}；${mend.zh}`,
        en: `the rule "${policyId}" was not put in force in ${territory}: ${reason.en}; ${mend.en}`,
      },
      { policy: policyId, territory, because: reason, mend },
    );
  }
}

/** What is known of a published rule is not enough to decide by. */
export class PolicyIsSkeleton extends DomainError {
  readonly code = 'policy.is-skeleton';
  readonly kind = 'conflict';
  constructor(policyId: string, incomplete: readonly Bilingual[]) {
    const list = (language: keyof Bilingual): string => incomplete.map((one) => `\n  - ${one[language]}`).join('');
    super(
      {
        zh: `规则“${policyId}”只是骨架（status: skeleton），其内容未公布，不能计算或提出；请补全后改为 usable：${list('zh')}`,
        en: `the rule "${policyId}" is a skeleton (status: skeleton): its items were not published, so it is neither run nor proposed; complete it and make it usable: ${list('en')}`,
      },
      { policy: policyId, incomplete },
    );
  }
}

/** One person may not do two of the steps by which a rule comes into force. */
export class SamePersonOfPolicy extends DomainError {
  readonly code = 'policy.same-person';
  readonly kind = 'forbidden';
  constructor(policyId: string, name: string, act: 'adopt' | 'confirm') {
    const acts = act === 'adopt' ? { zh: '启用', en: 'adopt' } : { zh: '确认', en: 'confirm' };
    super(
      {
        zh: `${name} 提出了规则“${policyId}”的这一版，不能再${acts.zh}它；请由另一人办理`,
        en: `${name} proposed this edition of the rule "${policyId}" and so cannot ${acts.en} it; somebody else must`,
      },
      { policy: policyId, act },
    );
  }
}

/** What is not attested about a rule, and nobody has answered for it by name. */
export class AdoptionUnconfirmed extends DomainError {
  readonly code = 'policy.unconfirmed';
  readonly kind = 'conflict';
  constructor(policyId: string, edition: string, reasons: readonly Bilingual[]) {
    const list = (language: keyof Bilingual): string => reasons.map((reason) => `\n  - ${reason[language]}`).join('');
    super(
      {
        zh: `规则“${policyId}”须由具名的确认人确认后才能启用；由提出人以外的人确认（gep policy confirm，或 POST /api/v1/policies/{edition}/confirmations），或由批准人在启用时具名负责并说明理由（--confirming，或 confirming）：${list('zh')}`,
        en: `the rule "${policyId}" can be put in force only when a named person confirms it: somebody other than its proposer (gep policy confirm, or POST /api/v1/policies/{edition}/confirmations), or the approver in person, with the reason (--confirming, or confirming):${list('en')}`,
      },
      { policy: policyId, edition, reasons },
    );
  }
}

/** A confirmation of a rule about which everything is attested, or without a reason. */
export class ConfirmationRefused extends DomainError {
  readonly code = 'policy.confirmation-refused';
  readonly kind = 'conflict';
  constructor(policyId: string, isNeeded: boolean) {
    super(
      isNeeded
        ? { zh: `确认规则“${policyId}”须说明理由`, en: `to confirm the rule "${policyId}", give the reason` }
        : {
            zh: `规则“${policyId}”无须确认，可直接启用（gep policy adopt，或 POST /api/v1/policies/{edition}/adoptions）`,
            en: `the rule "${policyId}" needs no confirmation; adopt it (gep policy adopt, or POST /api/v1/policies/{edition}/adoptions)`,
          },
      { policy: policyId },
    );
  }
}

/** No adoption has this id. */
export class AdoptionNotFound extends DomainError {
  readonly code = 'policy.adoption-not-found';
  readonly kind = 'missing';
  constructor(id: string) {
    super(
      {
        zh: `没有启用记录 ${id}；各记录见 gep policy in-force，或 GET /api/v1/policies/{edition}/adoptions`,
        en: `there is no adoption ${id}; gep policy in-force or GET /api/v1/policies/{edition}/adoptions lists them`,
      },
      { adoption: id },
    );
  }
}

/** Days that have passed keep the rule they had. */
export class WithdrawalRefused extends DomainError {
  readonly code = 'policy.withdrawal-refused';
  readonly kind = 'conflict';
  constructor({ id, policyId }: Adoption, reason: Bilingual, mend: Bilingual) {
    super(
      {
        zh: `规则“${policyId}”的启用记录 ${id} 未撤销：${reason.zh}；${mend.zh}`,
        en: `the adoption ${id} of the rule "${policyId}" was not withdrawn: ${reason.en}; ${mend.en}`,
      },
      { adoption: id, policy: policyId, because: reason, mend },
    );
  }
}
