/** The way from one norm to another as text: one row for each step, with the total that it leads to. */
import type { BridgeStepKind, NormBridge } from '@gep/accounting';
import { formatYuan, type Bilingual, type Fen } from '@gep/kernel';
import type { Language } from '../../terminal/language';
import { moneyUnits, partThousands } from '../figures';
import { renderTable } from '../text-table';

const kinds: Record<BridgeStepKind, Bilingual> = {
  droppedService: { zh: '后者不计的服务', en: 'service left out' },
  switchedOff: { zh: '开关关闭', en: 'switched off' },
  addedService: { zh: '后者新增的服务', en: 'service added' },
  switchedOn: { zh: '开关打开', en: 'switched on' },
  parameter: { zh: '参数', en: 'parameter' },
  types: { zh: '适用的类型或产品', en: 'types or products it applies to' },
  quantity: { zh: '实物量公式', en: 'quantity' },
  cap: { zh: '利用上限与外来扣除', en: 'cap and imports' },
  method: { zh: '计量方法', en: 'method' },
  price: { zh: '价格', en: 'price' },
  gamma: { zh: 'γ', en: 'γ' },
  rounding: { zh: '取整', en: 'rounding' },
  flows: { zh: '区内流动的扣减', en: 'taken back by declared flows' },
};

const words = {
  step: { zh: '步骤', en: 'Step' },
  what: { zh: '对象', en: 'What' },
  amount: { zh: '金额', en: 'Amount' },
  total: { zh: '其后合计', en: 'Total after it' },
  order: { zh: '次序', en: 'Order' },
  difference: { zh: '差额', en: 'Difference' },
  takenBack: { zh: '两端合计中已扣减的区内流动', en: 'taken back by declared flows in the two totals' },
  together: { zh: '不能单独替换、并入公式步骤的参数', en: 'parameters that could not be exchanged alone' },
} satisfies Record<string, Bilingual>;

export function renderBridge(bridge: NormBridge, language: Language): string {
  const unit = moneyUnits.yuan[language];
  const show = (fen: Fen): string => partThousands(formatYuan(fen));
  const backFen = [bridge.from.takenBackFen, bridge.to.takenBackFen];
  const ends = [bridge.from, bridge.to].map(({ norm }) => `${norm.id} @ ${norm.edition.slice(0, 12)}`);
  const rows = bridge.steps.map(({ kind, code, name, reason, fen, totalFen }) => [
    kinds[kind][language],
    reason ? `${name[language]} (${code}): ${reason[language]}` : `${name[language]} (${code})`,
    show(fen),
    show(totalFen),
  ]);
  return [
    `${bridge.territory} · ${bridge.period} · ${ends.join(' → ')}`,
    renderTable(
      [
        { heading: words.step[language] },
        { heading: words.what[language] },
        { heading: `${words.amount[language]} (${unit})`, numeric: true },
        { heading: `${words.total[language]} (${unit})`, numeric: true },
      ],
      [
        ['', ends[0], '', show(bridge.from.totalFen)],
        ...rows,
        [words.difference[language], ends[1], show(bridge.differenceFen), show(bridge.to.totalFen)],
      ],
    ),
    [
      `${words.order[language]}: ${bridge.order.map((kind) => kinds[kind][language]).join(' → ')}`,
      ...(backFen.some((fen) => fen !== 0n) ? [`${words.takenBack[language]}: ${backFen.map(show).join(' → ')}`] : []),
      ...(bridge.together.length > 0 ? [`${words.together[language]}: ${bridge.together.join(', ')}`] : []),
    ].join('\n'),
  ].join('\n\n');
}
