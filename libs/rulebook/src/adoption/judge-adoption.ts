/** Whether an edition may be put in force as wished: who, where, from when, in whose place, and who answers for what is not attested. */
import type { DomainError } from '@gep/kernel';
import { isDay } from '../calendar/is-day';
import type { PolicyRule } from '../policy/rule';
import { confirmationReasons } from '../policy/rule';
import type { Adoption, Confirmation } from './adoption';
import { AdoptionRefused, AdoptionUnconfirmed, SamePersonOfPolicy } from './errors';
import { adoptionsInForce } from './in-force';

export interface AdoptionWish {
  readonly edition: string;
  /** ltree path of the territory. */
  readonly territoryPath: string;
  readonly from: string;
  /** The last day; that of the rule when absent. */
  readonly to?: string;
  /** Code of the agreement; absent: all of the mechanism. */
  readonly slot?: string;
  /** Id of the rule that gives way, when it is another one. */
  readonly replaces?: string;
  /** The resolution or document by which it is adopted. */
  readonly reason: string;
  /** The approver answers in person for what is not attested: why. */
  readonly confirming?: string;
}

export interface AdoptionCase {
  readonly rule: PolicyRule;
  readonly proposedBy: string;
  readonly actor: { readonly id: string; readonly name: string };
  /** Of the territory and of all above it. */
  readonly adoptions: readonly Adoption[];
  /** Of the edition, there or above. */
  readonly confirmations: readonly Confirmation[];
}

export interface JudgedAdoption {
  readonly to: string | null;
  readonly slot: string;
  /** What holds on some of its days until now, in the same slot of the same territory. */
  readonly supersedes: readonly Adoption[];
}

/** @returns why it may not, or what it comes to */
export function judgeAdoption(wish: AdoptionWish, facts: AdoptionCase): DomainError | JudgedAdoption {
  const { rule, proposedBy, actor } = facts;
  if (proposedBy === actor.id) return new SamePersonOfPolicy(rule.id, actor.name, 'adopt');
  const slot = wish.slot ?? '';
  const to = wish.to ?? rule.valid.to ?? null;
  const fault = faultOfDays(wish, rule, to) ?? faultOfPlace(wish, rule) ?? faultOfText(wish, rule);
  if (fault) return fault;
  const supersedes = holders({ placePath: wish.territoryPath, mechanism: rule.mechanism, slot }, facts, [
    wish.from,
    to,
  ]);
  const same = supersedes.find((one) => one.edition === wish.edition && one.from === wish.from && one.to === to);
  if (same)
    return refuse(
      wish,
      rule,
      { zh: `该版本已由 ${same.adopted.name} 启用`, en: `${same.adopted.name} has put this edition in force` },
      { zh: '无须再次启用', en: 'there is nothing left to do' },
    );
  const other = supersedes.find(({ policyId }) => policyId !== rule.id && policyId !== wish.replaces);
  if (other)
    return refuse(
      wish,
      rule,
      {
        zh: `自 ${other.from} 起启用的另一规则“${other.policyId}”将被取代`,
        en: `it would take the place of another rule, "${other.policyId}", in force from ${other.from}`,
      },
      {
        zh: `若确要取代，请写明（--replaces ${other.policyId}，或 replaces）；若只用于一项协议，请给出协议代码（--slot，或 slot）`,
        en: `if that is meant, say so (--replaces ${other.policyId}, or replaces); for one agreement alone, give its code (--slot, or slot)`,
      },
    );
  const reasons = confirmationReasons(rule);
  const isConfirmed = facts.confirmations.length > 0 || (wish.confirming ?? '').trim() !== '';
  if (reasons.length > 0 && !isConfirmed) return new AdoptionUnconfirmed(rule.id, wish.edition, reasons);
  return { to, slot, supersedes };
}

const refuse = (
  { territoryPath }: AdoptionWish,
  { id }: PolicyRule,
  ...told: [reason: AdoptionRefused['text'], mend: AdoptionRefused['text']]
): AdoptionRefused => new AdoptionRefused(id, territoryPath, ...told);

function faultOfDays(wish: AdoptionWish, rule: PolicyRule, to: string | null): DomainError | undefined {
  const { valid } = rule;
  const wrong = [wish.from, ...(to === null ? [] : [to])].find((day) => !isDay(day));
  if (wrong !== undefined)
    return refuse(
      wish,
      rule,
      { zh: `“${wrong}”不是日历中的一天`, en: `"${wrong}" is not a day of the calendar` },
      { zh: '日期写成 2026-01-01', en: 'write a day as 2026-01-01' },
    );
  const until = valid.to ?? '…';
  const outside =
    wish.from < valid.from ||
    (valid.to !== undefined && (wish.from > valid.to || to === null || to > valid.to)) ||
    (to !== null && to < wish.from);
  if (!outside) return undefined;
  return refuse(
    wish,
    rule,
    {
      zh: `${wish.from} 至 ${to ?? '…'} 不在规则的有效期 ${valid.from} 至 ${until} 之内`,
      en: `${wish.from} to ${to ?? '…'} does not lie within the validity of the rule, ${valid.from} to ${until}`,
    },
    { zh: '请改正日期，或提出有效期更长的版本', en: 'correct the days, or propose an edition that is valid longer' },
  );
}

function faultOfPlace(wish: AdoptionWish, rule: PolicyRule): DomainError | undefined {
  const { place } = rule;
  if (place === undefined || wish.territoryPath.split('.').includes(place)) return undefined;
  return refuse(
    wish,
    rule,
    { zh: `规则只适用于 ${place} 及其下级`, en: `the rule holds in ${place} and below only` },
    {
      zh: '请在那里启用，或提出不写 place 的自有规则',
      en: 'adopt it there, or propose a rule of your own without that place',
    },
  );
}

function faultOfText(wish: AdoptionWish, rule: PolicyRule): DomainError | undefined {
  if (wish.reason.trim() === '')
    return refuse(
      wish,
      rule,
      { zh: '没有写明启用的依据', en: 'the grounds of the adoption are empty' },
      { zh: '请写明决议或文件（--reason，或 reason）', en: 'name the resolution or document (--reason, or reason)' },
    );
  if (/^[\x21-\x7e]{0,100}$/.test(wish.slot ?? '')) return undefined;
  return refuse(
    wish,
    rule,
    { zh: `“${wish.slot}”不能作协议代码`, en: `"${wish.slot}" can be no code of an agreement` },
    { zh: '请用至多 100 个可见的 ASCII 字符', en: 'use up to 100 visible ASCII characters' },
  );
}

/** Who holds the slot of the place itself on some of the days: looked at on the first day, and wherever an adoption begins or ends. */
function holders(
  { placePath, mechanism, slot }: Pick<Adoption, 'placePath' | 'mechanism' | 'slot'>,
  { adoptions }: AdoptionCase,
  [from, to]: readonly [string, string | null],
): Adoption[] {
  const here = adoptions.filter(
    (one) => one.placePath === placePath && one.mechanism === mechanism && one.slot === slot,
  );
  const turns = here.flatMap((one) => [one.from, ...(one.to === null ? [] : [dayAfter(one.to)])]);
  const withdrawn = here.flatMap(({ withdrawal }) => (withdrawal ? [withdrawal.from] : []));
  const days = [from, ...turns, ...withdrawn].filter((day) => day >= from && (to === null || day <= to));
  const found = new Set(days.flatMap((day) => adoptionsInForce(here, { placePath, day })));
  return here.filter((one) => found.has(one));
}

const dayAfter = (day: string): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
