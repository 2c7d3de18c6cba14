/** An order of goods for points: reserved, handed over by another person, or void. */
import type { StepTable } from '@gep/procedure';

export const orderStates = ['reserved', 'handed-over', 'void'] as const;
export type OrderState = (typeof orderStates)[number];

export const orderActs = ['hand-over', 'void'] as const;
export type OrderAct = (typeof orderActs)[number];

export const orderSteps: StepTable<OrderState, OrderAct> = {
  kind: 'credit-order',
  name: { zh: '积分兑换单', en: 'order for points' },
  first: 'reserved',
  rows: [
    { act: 'hand-over', from: ['reserved'], to: 'handed-over', permission: 'credit.check', apartFrom: ['open'] },
    // The officer, or the subject whose points they are: the service looks who it is.
    { act: 'void', from: ['reserved'], to: 'void', reasonNeeded: true },
  ],
  nameOfState: {
    reserved: { zh: '已预留', en: 'reserved' },
    'handed-over': { zh: '已发放', en: 'handed over' },
    void: { zh: '已取消', en: 'void' },
  },
  nameOfAct: {
    'hand-over': { zh: '发放商品', en: 'hand the goods over' },
    void: { zh: '取消', en: 'void the order' },
  },
};
