/** What a deed changed, as all verbs of settlements, agreements and contracts tell it: before and after, who does what next, by when. */
import type { Role } from '@gep/access';
import { type Bilingual, formatYuan } from '@gep/kernel';
import type { NextStep } from '@gep/procedure';
import type { OwedStep } from '../../deed/owed-steps';
import type { Language } from '../../terminal/language';
import { moneyUnits, showYuan } from '../figures';
import {
  type DeedSubjectKind,
  nameOfAct,
  nameOfKind,
  nameOfState,
  type SubjectKind,
  subjectKinds,
} from './subject-kinds';

/** The answer of a deed; `--json` gives the same. */
export interface ToldDeed {
  readonly kind: DeedSubjectKind;
  readonly id: string;
  readonly code: string;
  readonly act: string;
  /** Null where the deed made the subject. */
  readonly from: string | null;
  readonly to: string;
  /** It had been done before, so nothing was changed. */
  readonly replayed: boolean;
  readonly next: readonly (NextStep & Partial<Pick<OwedStep, 'owed'>> & { readonly roles: readonly Role[] })[];
  /** Parties that have to sign, or whose money waits for the end of an objection. */
  readonly waitsFor: readonly string[];
  /** Clocks of the subject, and of a contract's settlements, that run, the first one to end at the top. */
  readonly due: readonly { readonly clock: string; readonly on: string; readonly law: Bilingual }[];
  /** What was made beside, by its name: the id of a period, of a spending, the number of a supplement. */
  readonly made: Readonly<Record<string, unknown>>;
}

const words = {
  zh: {
    ...{
      none: '（新）',
      replayed: '此前已经办理，未作改变',
      next: '下一步',
      also: '亦可（须写理由）',
      only: '下一步（须写理由）',
      end: '已到终点',
    },
    ...{ waits: '尚待', due: '期限', not: (names: string) => `，不得是 ${names}` },
  },
  en: {
    ...{ none: '(new)', replayed: 'done before; nothing was changed', next: 'next', also: 'or, with a reason' },
    only: 'next, with a reason',
    ...{ end: 'it has come to its end', waits: 'waits for', due: 'due', not: (names: string) => `, not ${names}` },
  },
} as const;

export function renderDeed(told: ToldDeed, language: Language): string {
  const { kind, id, code, act, from, to, replayed, next, waitsFor, due, made } = told;
  const { verbs }: SubjectKind['table'] = subjectKinds[kind].table;
  const say = words[language];
  const state = (of: string): string => nameOfState(kind, of)[language];
  const whoOf = ({ act: step, owed, name, permission, roles, notBy }: ToldDeed['next'][number]): string =>
    `\`${verbs?.[step] ?? step}${owed ? collected(code, owed) : ''}\` · ${name[language]} — ${roles.join('/') || permission}${notBy.length > 0 ? say.not(notBy.join(', ')) : ''}`;
  const main = next.filter(({ reasonNeeded }) => !reasonNeeded).map(whoOf);
  const aside = next.filter(({ reasonNeeded }) => reasonNeeded).map(whoOf);
  const rows = (label: string, lines: readonly string[]): string[] => lines.map((line) => `${label}: ${line}`);
  return [
    `${nameOfKind(kind)[language]} ${code}  ${id}`,
    `${nameOfAct(kind, act)[language]}: ${from === null ? say.none : state(from)} → ${state(to)}${replayed ? ` (${say.replayed})` : ''}`,
    ...Object.entries(made).flatMap(([key, value]) => madeSaid(key, value, language)),
    ...(waitsFor.length > 0 ? [`${say.waits}: ${waitsFor.join(', ')}`] : []),
    ...(next.length > 0 ? [...rows(say.next, main), ...rows(main.length > 0 ? say.also : say.only, aside)] : [say.end]),
    ...due.map(({ on, clock, law }) => `${say.due}: ${on} ${clock} (${law[language]})${wayOf(clock)}`),
  ].join('\n');
}

/** Names of what deeds make beside; what is not here is told by its own. */
const madeNames: Readonly<Record<string, Bilingual>> = {
  ...{ id: { zh: '编号', en: 'id' }, no: { zh: '序号', en: 'number' }, code: { zh: '代码', en: 'code' } },
  ...{ about: { zh: '所更正的结算', en: 'settlement that it corrects' }, says: { zh: '结果', en: 'outcome' } },
  ...{ settlementId: { zh: '结算', en: 'settlement' }, withdrawn: { zh: '已撤回', en: 'withdrawn' } },
  ...{ requestId: { zh: '申请', en: 'request' }, voucherId: { zh: '凭证', en: 'voucher' } },
  ...{ conservationFen: { zh: '用于保护', en: 'for conservation' } },
  ...{ allowedFen: { zh: '其他允许用途', en: 'for what else is allowed' } },
};

/** Amounts in yuan; nothing of what is null, or told by words beside it. */
function madeSaid(key: string, value: unknown, language: Language): string[] {
  if (value === null || value === undefined || key === 'outcome') return [];
  const name = madeNames[key]?.[language] ?? key.replace(/Fen$/, '');
  const isMoney = key.endsWith('Fen') && /^-?\d+$/.test(String(value as string));
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value as string | number | boolean);
  return [isMoney ? `${name}: ${showYuan(BigInt(text))} ${moneyUnits.yuan[language]}` : `${name}: ${text}`];
}

/** What is typed behind the verb. */
const collected = (code: string, { party, amountFen, of }: OwedStep['owed']): string =>
  ` ${code} ${party} --amount ${formatYuan(amountFen)}${of === 'clawback' ? ' --clawback' : ''}`;

const wayOf = (clock: string): string => (clock.endsWith('-publication') ? ' — gep publication list --open' : '');
