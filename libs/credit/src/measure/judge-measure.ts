/** Whether a measure may be proposed and decided: published, lawful, caused, and no harsher than its cause (Zhejiang Regulation art. 28). */
import { Fraction, type Bilingual } from '@gep/kernel';
import { creditSeverities, type CreditMeasureItem, type CreditSeverity, type CreditSubjectKind } from '@gep/rulebook';
import { addMonths, dayNumber, dayText } from '../score/calendar-day';

/** An entry that a measure is to rest on. */
export interface CauseFacts {
  readonly id: string;
  readonly negative: boolean;
  readonly severity: CreditSeverity;
  /** In effect, not expired, not under objection, on the day. */
  readonly stands: boolean;
}

export interface MeasureFacts {
  readonly item: CreditMeasureItem | undefined;
  readonly subjectKind: CreditSubjectKind;
  readonly today: string;
  readonly untilDay: string | null;
  readonly share: Fraction | null;
  readonly causes: readonly CauseFacts[];
}

/** @returns everything that stands in the way; none when it may be proposed */
export function obstaclesOf({ item, subjectKind, today, untilDay, share, causes }: MeasureFacts): Bilingual[] {
  if (!item) return [{ zh: '未公布的措施不得采取', en: 'a measure that was not published is not taken' }];
  const found: Bilingual[] = [];
  if (!item.law) found.push({ zh: '该措施没有写明法律依据', en: 'the item names no law that it rests on' });
  if (!item.subjects.includes(subjectKind))
    found.push({ zh: `不适用于 ${subjectKind}`, en: `it is not for a ${subjectKind}` });
  const isPunishment = item.kind === 'punishment';
  const fitting = causes.filter(({ stands, negative }) => stands && negative === isPunishment);
  if (isPunishment || causes.length > 0) {
    if (fitting.length === 0 || fitting.length < causes.length)
      found.push({
        zh: isPunishment ? '依据的记录须都是有效、无异议的负面记录' : '依据的记录须都是有效、无异议的正面记录',
        en: `every entry it rests on has to be ${isPunishment ? 'bad' : 'good'}, in effect and without an open objection`,
      });
    if (isPunishment && !fitting.some(({ severity }) => isAsSevere(severity, item.leastSeverity)))
      found.push({
        zh: `比例原则：该措施只用于严重程度不低于 ${item.leastSeverity} 的行为`,
        en: `out of proportion: the measure is for behaviour that is at least ${item.leastSeverity}`,
      });
  }
  return [...found, ...limitsOf(item, { today, untilDay, share })];
}

function limitsOf(
  item: CreditMeasureItem,
  { today, untilDay, share }: Pick<MeasureFacts, 'today' | 'untilDay' | 'share'>,
): Bilingual[] {
  const found: Bilingual[] = [];
  const { mostMonths = 60, mostShare } = item;
  const latest = dayText(addMonths(dayNumber(today), mostMonths));
  if (item.kind === 'punishment' && (untilDay === null || untilDay > latest))
    found.push({
      zh: `惩戒须写明终止日，至迟 ${latest}`,
      en: `a punishment says its last day, ${latest} at the latest`,
    });
  if (untilDay !== null && untilDay <= today) found.push({ zh: '终止日已过', en: 'its last day has passed' });
  if (share && (share.compare(Fraction.zero) <= 0 || share.compare(mostShare ?? Fraction.one) > 0))
    found.push({
      zh: `扣减比例须大于 0，至多 ${(mostShare ?? Fraction.one).toExactText()}`,
      en: `the part that is taken lies above 0 and is ${(mostShare ?? Fraction.one).toExactText()} at most`,
    });
  return found;
}

export const isAsSevere = (severity: CreditSeverity, least: CreditSeverity): boolean =>
  creditSeverities.indexOf(severity) >= creditSeverities.indexOf(least);
