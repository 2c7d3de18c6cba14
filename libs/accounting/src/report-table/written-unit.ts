/** Units as people read them, in tables, files of reports and on the terminal alike; data files keep the ASCII text of units.yaml. */
import type { Bilingual } from '@gep/kernel';

const chineseUnits: Readonly<Record<string, string>> = { yuan: '元', visit: '人次', eqhm: '当量 hm' };
const wanYuan: Bilingual = { zh: '万元', en: '10⁴ yuan' };

/** `yuan/(hm2*a)` as `元/(hm²·a)` and `yuan/(hm²·a)`. */
export function writtenUnit(unit: string): Bilingual {
  if (unit === wanYuan.zh) return wanYuan;
  const written = unit
    .replace(/([A-Za-z])2(?!\d)/g, '$1²')
    .replace(/([A-Za-z])3(?!\d)/g, '$1³')
    .replaceAll('*', '·');
  return {
    zh: written.replace(/[a-z]+/gi, (word) => chineseUnits[word] ?? word),
    en: written.replace(/\beqhm/g, 'equivalent hm'),
  };
}
