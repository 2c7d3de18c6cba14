/** Audits of departing office holders as plain text. */
import { type Departure, departureSteps, type DepartureView, type TermSnapshot } from '@gep/evaluation';
import type { Language } from '../../terminal/language';
import { renderTable } from '../text-table';

const table = (headings: readonly string[], rows: readonly (readonly string[])[]): string =>
  renderTable(
    headings.map((heading) => ({ heading })),
    rows,
  );

export function renderDepartures(rows: readonly Departure[], language: Language): string {
  if (rows.length === 0) return language === 'zh' ? '没有离任审计。' : 'There is no departing audit.';
  const headings = {
    zh: ['编号', '代码', '地域', '职务', '任期'],
    en: ['Id', 'Code', 'Territory', 'Office', 'Term'],
  }[language];
  return table(
    headings,
    rows.map(({ id, code, territory, office, appointedOn, departedOn }) => [
      ...[id, code, territory, office, `${appointedOn} – ${departedOn}`],
    ]),
  );
}

export function renderDeparture(view: DepartureView, language: Language): string {
  const { code, territory, office, holder, appointedOn, departedOn, state, steps, attributions, records, clocks } =
    view;
  const { nameOfState } = departureSteps;
  const words = {
    zh: { cause: '原因', record: '记录', clock: '期限', step: '步骤' },
    en: { cause: 'Cause', record: 'Record', clock: 'Clock', step: 'Step' },
  }[language];
  return [
    `${code}  ${territory}  ${office} (${holder})  ${appointedOn} – ${departedOn}`,
    nameOfState[state][language],
    ...steps.map(({ act, actorName, at }) => `${words.step}: ${act}  ${actorName}  ${at.toISOString()}`),
    ...attributions.map(
      ({ no, effect, type, service, natural, human, method, documentTitle }) =>
        `${words.cause} ${no}: ${effect} ${type ?? '*'} ${service ?? '*'}  ${natural} / ${human} / ${method}  ${documentTitle}`,
    ),
    ...records.map(({ no, kind, notedOn, statement }) => `${words.record} ${no}: ${kind} ${notedOn}  ${statement}`),
    ...clocks.map(({ code: clock, dueOn, metOn }) => `${words.clock}: ${clock}  ${dueOn}  ${metOn ?? '…'}`),
  ].join('\n');
}

export function renderSnapshots(rows: readonly TermSnapshot[], language: Language): string {
  if (rows.length === 0) return language === 'zh' ? '没有冻结的任期端点。' : 'No end of a term is frozen.';
  const headings = {
    zh: ['编号', '端点', '日期', '轮次', '存量年', '按日计的年份'],
    en: ['Id', 'End', 'Day', 'Round', 'Stock of', 'Divided year'],
  }[language];
  return table(
    headings,
    rows.map(({ id, round, content: { end, day, stock, divided, dividedYear } }) => [
      ...[id, end, day, String(round), stock.period],
      dividedYear === null ? '–' : divided ? dividedYear : `${dividedYear} ?`,
    ]),
  );
}
