/** Figures that are alone to blame for several sums: named, with what they should read, and the totals let stand. */
import type { Bilingual } from '@gep/kernel';
import type { FindingLog } from '../finding';
import type { StatedAccount } from '../stated-account';
import type { StatedMisprint } from './stated-print';

/** Totals that a finding names. */
const mostShown = 4;

export function checkMisprints({ periods }: StatedAccount, log: FindingLog): void {
  for (const { period, misprints } of periods)
    for (const misprint of misprints) {
      const { at, text, reads, unit, slip, sums, service, type } = misprint;
      log.add(slip === 'digits' ? 'digitSwap' : 'cellWrong', {
        period,
        cells: [at, ...sums.slice(0, mostShown)],
        service,
        type,
        expected: reads,
        found: text,
        unit,
        cause: causeOf(misprint),
      });
    }
}

function causeOf({ text, reads, slip, places, sums }: StatedMisprint): Bilingual {
  const factor = `10${Math.abs(places) === 1 ? '' : `^${Math.abs(places)}`}`;
  const how = {
    digits: { zh: '相邻数字互换', en: 'two neighbouring digits exchanged' },
    point: {
      zh: `相差 ${factor} 倍，小数点或单位有误（偏${places > 0 ? '大' : '小'}）`,
      en: `a factor of ${factor} too ${places > 0 ? 'large' : 'small'}: the point, or a unit`,
    },
    other: { zh: '录入有误', en: 'typed or copied wrongly' },
  }[slip];
  return {
    zh: `${text} 应为 ${reads}（${how.zh}）：含该格的 ${sums.length} 个合计相差同一数额，只改此格便全部成立，合计无须改动`,
    en: `${text} should read ${reads} (${how.en}): ${sums.length} sums with this cell fail by the same amount and all hold once it is mended; leave the totals as they are`,
  };
}
