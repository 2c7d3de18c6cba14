/** What an objection to a figure that was paid already can still lead to, for a terminal. */
import type { AppealAnswer } from '@gep/procedure';
import { showYuan } from '../rendering/figures';
import type { Language } from '../terminal/language';

/** No line where nothing was paid. */
export function renderPaidAlready(
  { paidFen, remedy }: Pick<AppealAnswer, 'paidFen' | 'remedy'>,
  language: Language,
): string[] {
  if (paidFen === null || remedy === null) return [];
  const yuan = showYuan(BigInt(paidFen));
  return [
    { zh: `该数字已付 ${yuan} 元：${remedy.zh}`, en: `of this figure ${yuan} yuan were paid already: ${remedy.en}` }[
      language
    ],
  ];
}
