/** What a deed changed, as all verbs of settlements, agreements and contracts tell it: before and after, who does what next, by when. */
import type { Role } from '@gep/access';
import { type Bilingual, formatYuan } from '@gep/kernel';
import type { NextStep } from '@gep/procedure';
import type { OwedStep } from '../../deed/owed-steps';
import type { Language } from '../../terminal/language';
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
      end: '已到终点',
    },
    ...{ waits: '尚待', due: '期限', not: (names: string) => `，不得是 ${names}` },
  },
  en: {
    ...{ none: '(new)', replayed: 'done before; nothing was changed', next: 'next', also: 'or, with a reason' },
    ...{ end: 'it has come to its end', waits: 'waits for', due: 'due', not: (names: string) => `, not ${names}` },
  },
} as const;

export function renderDeed(told: ToldDeed, language: Language): string {
  const { kind, id, code, act, from, to, replayed, next, waitsFor, due, made } = told;
  const { verbs }: SubjectKind = subjectKinds[kind];
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
    ...Object.entries(made).map(([key, value]) => `${key}: ${String(value)}`),
    ...(waitsFor.length > 0 ? [`${say.waits}: ${waitsFor.join(', ')}`] : []),
    ...(next.length > 0 ? [...rows(say.next, main), ...rows(say.also, aside)] : [say.end]),
    ...due.map(({ on, clock, law }) => `${say.due}: ${on} ${clock} (${law[language]})${wayOf(clock)}`),
  ].join('\n');
}

/** What is typed behind the verb. */
const collected = (code: string, { party, amountFen, of }: OwedStep['owed']): string =>
  ` ${code} ${party} --amount ${formatYuan(amountFen)}${of === 'clawback' ? ' --clawback' : ''}`;

const wayOf = (clock: string): string => (clock.endsWith('-publication') ? ' — gep publication list --open' : '');
