/** An appeal about one exact figure, who may do what to it, and which clocks run with it. */
import type { Bilingual, Fen } from '@gep/kernel';
import { commonPath, holdsAt, type Officer } from '../officer';
import { isHousehold } from '../publication/publication-rule';
import type { Subject } from '../step/step-table';
import type { AppealAct, AppealOutcome, AppealState } from './appeal-table';

/** What a party disputes: one figure of a subject, as it was shown to them. */
export interface AppealDraft {
  readonly subject: Subject;
  /** Code of the figure; empty for the whole subject. */
  readonly figure: string;
  /** What stands there when it is filed, where nothing is given. */
  readonly shownFen?: Fen | null;
  /** SHA-256 of the paper that showed it. */
  readonly shownDigest?: string | null;
  /** Who disputes, as the book names parties. */
  readonly party: string;
  /** ltree text of the territory of the party. */
  readonly partyPath: string;
  /** Day on which the party knew of the figure, or should have; `YYYY-MM-DD`. */
  readonly knownOn: string;
  readonly grounds: string;
}

export interface Appeal {
  readonly id: string;
  readonly subject: Subject;
  readonly figure: string;
  readonly shownFen: Fen | null;
  readonly shownDigest: string | null;
  readonly party: string;
  /** ltree text of the territory of the party. */
  readonly territoryPath: string;
  /** ltree text of the territory of the subject, whose body answers. */
  readonly respondentPath: string;
  /** ltree text of the lowest territory above both; it or one above decides. */
  readonly superiorPath: string;
  readonly knownOn: string;
  readonly filedOn: string;
  readonly grounds: string;
  readonly filedByName: string;
  readonly state: AppealState;
  readonly outcome: AppealOutcome | null;
  /** Last day of the pause of the whole subject. */
  readonly pausedUntil: string | null;
}

/** Whether somebody may speak for the party: a territory for itself, and for companies and the like that lie in it. */
export const speaksFor = (party: string, partyPath: string): boolean =>
  party.includes(':') || party === partyPath.split('.').at(-1)!.replaceAll('_', '-');

/** The territory that stands above the party and the body that is asked. */
export const superiorOf = (partyPath: string, subjectPath: string): string => commonPath(partyPath, subjectPath);

/** Who answers for a subject: whoever prepares what it is about. */
const answering = [
  ...(['settlement.prepare', 'agreement.manage', 'procurement.manage', 'owner.manage'] as const),
  'evaluation.prepare',
] as const;

type Places = Pick<Appeal, 'territoryPath' | 'respondentPath' | 'superiorPath'>;

/** The permission that the person lacks for the act; undefined when they may do it. Nobody lets lapse but the program. */
export function lackingPermission(officer: Officer, act: AppealAct, places: Places): string | undefined {
  const one = (permission: string, path: string) => (holdsAt(officer, permission, path) ? undefined : permission);
  switch (act) {
    case 'complain':
    case 'withdraw':
      return one('appeal.file', places.territoryPath);
    case 'reply':
    case 'admit':
      return answering.some((permission) => holdsAt(officer, permission, places.respondentPath))
        ? undefined
        : answering[0];
    case 'lapse':
      return 'job.manage';
    default:
      return one('appeal.decide', places.superiorPath);
  }
}

/** Why a complaint is not yet due: the reply may still come. */
export function complaintTooEarly(state: AppealState, replyDueOn: string, today: string): Bilingual | undefined {
  if (state !== 'queried' || today > replyDueOn) return undefined;
  return {
    zh: `答复期限到 ${replyDueOn} 为止；收到答复后，或期满未答复的，方可投诉`,
    en: `the reply may come until ${replyDueOn}; complain when it is there, or when that day has passed without one`,
  };
}

/** From which day the time to complain is counted: the end of the time to reply, or a reply that came after it. */
export const complaintFrom = (replyDueOn: string, repliedOn: string | null): string =>
  repliedOn !== null && repliedOn > replyDueOn ? repliedOn : replyDueOn;

/** What is told to the public of a decision: parties and figures, but no household. */
export function decisionDocument(
  appeal: Appeal,
  outcome: AppealOutcome,
  { reason, on }: { readonly reason: string; readonly on: string },
) {
  const told = { appeal: appeal.id, subject: appeal.subject, outcome, decidedOn: on };
  const { party, figure, shownFen } = appeal;
  return isHousehold(party) || isHousehold(figure) ? told : { ...told, party, figure, shownFen, reason };
}
