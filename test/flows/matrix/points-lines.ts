/** Lines of the matrix: village sheets, points, goods, orders and runs of scores. */
import { randomUUID } from 'node:crypto';
import { absent, keyed, noEdition, type Line } from './matrix-line';

const someone = '5f0c7d0e-6f0b-4d5a-9f59-0a3f6f6c2c11';
const ownList = (path: string): Line => ({ shows: 'own-list', path: () => `/api/v1/credit/${path}` });

export const pointsLines: Readonly<Record<string, Line>> = {
  listVillageMonths: ownList('village-sheets'),
  listGoods: ownList('goods'),
  listPointsOrders: ownList('orders'),
  listRescores: ownList('rescores'),
  readPoints: { shows: 'own', path: ({ creditSubject }) => `/api/v1/credit/subjects/${creditSubject}/points` },
  // Nobody here is a subject.
  listOwnPoints: { shows: 'public' },
  listOwnGoods: { shows: 'public' },
  listOwnOrders: { shows: 'public' },
  orderOwnGoods: absent('my/credit/orders', { subject: someone, goods: someone }),
  voidOwnOrder: absent(`my/credit/orders/${someone}/void`, { reason: '不要了 not wanted' }),
  // Nothing of it was ever made, for anybody.
  readVillageSheet: absent(`credit/village-sheets/${someone}`),
  checkVillageSheet: { ...absent(`credit/village-sheets/${someone}/check`), call: () => ({}) },
  restockGoods: absent(`credit/goods/${someone}/stock`, { quantity: 5 }),
  orderGoods: absent('credit/orders', { subject: someone, goods: someone }),
  actOnPointsOrder: absent(`credit/orders/${someone}/acts`, { act: 'hand-over' }),
  getRescore: absent(`credit/rescores/${someone}`),
  // Nobody of that id lives there.
  handVillageSheet: {
    shows: 'deed',
    call: ({ territory }) =>
      keyed({
        ...{ territory, month: '2026-01' },
        rows: [{ subject: someone, behaviour: 'sorting', evidence: '照片 photograph', evidenceDigest: noEdition }],
      }),
    status: 422,
  },
  publishGoods: {
    shows: 'deed',
    call: ({ territory }) =>
      keyed({
        ...{
          territory,
          code: `soap-${randomUUID().slice(0, 8)}`,
          nameZh: '香皂',
          nameEn: 'Soap',
          price: 4,
          from: '2099-01-01',
        },
        documentDigest: noEdition,
      }),
    status: 201,
  },
  requestRescore: { shows: 'deed', call: ({ territory }) => keyed({ territory }), status: 202 },
};
