/** The columns of input that a list of credit implies. */
import type { RawColumn } from '../raw-rule';
import type { RawCredit } from './raw-credit';

/** A table of events: one row each, told apart by `event`; the unit is the subject. */
export function impliedByCredit({ behaviours = [] }: RawCredit): {
  readonly rows: readonly string[];
  readonly columns: readonly RawColumn[];
} {
  const values = behaviours.map((one) => one.code);
  return {
    rows: ['event'],
    columns: [
      { code: 'event', unit: 'text', name: { zh: '事件编号', en: 'Number of the event' } },
      { code: 'act', unit: 'text', name: { zh: '行为', en: 'Behaviour' }, ...(values.length > 0 && { values }) },
      {
        code: 'day',
        unit: 'text',
        default: '',
        isDay: true,
        name: { zh: '日期（空：本期末日）', en: 'Day (empty: last of the period)' },
      },
      { code: 'times', unit: '1', default: '1', min: '1', whole: 'yes', name: { zh: '次数', en: 'Times' } },
    ],
  };
}
