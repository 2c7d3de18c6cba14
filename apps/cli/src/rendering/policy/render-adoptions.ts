/** Proposed editions and adoptions as tables for people. */
import type { Bilingual } from '@gep/kernel';
import type { Adoption, PolicyEditionRecord } from '@gep/rulebook';
import type { Language } from '../../terminal/language';
import { renderTable } from '../text-table';
import { beijingDay } from '../../terminal/beijing-time';

const headings = (language: Language, ...words: readonly Bilingual[]) =>
  words.map((heading) => ({ heading: heading[language] }));

export const renderEditions = (editions: readonly PolicyEditionRecord[], language: Language): string =>
  renderTable(
    headings(
      ...([language, { zh: '规则', en: 'Rule' }, { zh: '版本', en: 'Edition' }, { zh: '名称', en: 'Title' }] as const),
      ...[
        { zh: '提出人', en: 'Proposed by' },
        { zh: '提出日', en: 'On' },
      ],
    ),
    editions.map(({ policyId, edition, title, proposed }) => [
      ...[policyId, edition, title[language], proposed.name, beijingDay(proposed.at)],
    ]),
  );

/** With whoever confirmed what is not attested, and why, under the line. */
export function renderAdoptions(adoptions: readonly Adoption[], language: Language): string {
  const table = renderTable(
    headings(
      ...([
        language,
        { zh: '地域', en: 'Territory' },
        { zh: '规则', en: 'Rule' },
        { zh: '版本', en: 'Edition' },
      ] as const),
      ...[
        { zh: '协议', en: 'Slot' },
        { zh: '自', en: 'From' },
        { zh: '至', en: 'To' },
      ],
      ...[
        { zh: '批准人', en: 'Adopted by' },
        { zh: '依据', en: 'Grounds' },
        { zh: '编号', en: 'Id' },
      ],
    ),
    adoptions.map((one) => [
      ...[one.placePath.split('.').at(-1)!.replaceAll('_', '-'), one.policyId, one.edition.slice(0, 12), one.slot],
      ...[one.from, one.to ?? '', one.adopted.name, one.reason, one.id],
    ]),
  );
  const remarks = adoptions.flatMap(({ policyId, confirmation, withdrawal }) => [
    ...(confirmation
      ? [
          language === 'zh'
            ? `${policyId}：未经证实，由 ${confirmation.name} 于 ${beijingDay(confirmation.at)} 确认：${confirmation.statement}`
            : `${policyId}: not attested; confirmed by ${confirmation.name} on ${beijingDay(confirmation.at)}: ${confirmation.statement}`,
        ]
      : []),
    ...(withdrawal
      ? [
          language === 'zh'
            ? `${policyId}：自 ${withdrawal.from} 起由 ${withdrawal.name} 撤销：${withdrawal.reason}`
            : `${policyId}: withdrawn from ${withdrawal.from} by ${withdrawal.name}: ${withdrawal.reason}`,
        ]
      : []),
  ]);
  return [table, ...remarks].join('\n');
}
