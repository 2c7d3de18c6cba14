/** An aggregate beside the accounts below it: line by line, and flows that were declared to no effect. */
import { type Bilingual, Decimal } from '@gep/kernel';
import type { FindingLog } from './finding';
import type { StatedAccount, StatedIdleFlow } from './stated-account';

export function checkBelow({ periods }: StatedAccount, log: FindingLog): void {
  for (const { period, addedUp, idleFlows } of periods) {
    for (const { at, service, type, stated, below, unit } of addedUp) {
      const difference = new Decimal(stated).minus(below);
      if (difference.isZero()) continue;
      const gap = difference.toFixed();
      log.add('lineNotChildren', {
        ...{ period, cells: [at], service, type, expected: below, found: stated, unit },
        cause: {
          zh: `下级之和扣减区内流动后为 ${below}，本行为 ${stated}，相差 ${gap} ${unit}`,
          en: `the accounts below less what declared flows take back come to ${below}, the line is ${stated}: ${gap} ${unit} apart`,
        },
      });
    }
    for (const idle of idleFlows)
      log.add('flowTakesNothing', {
        ...{ period, cells: [idle.at], service: idle.service, found: '0', cause: causeOf(idle) },
      });
  }
}

function causeOf({ supplier, beneficiary, why }: StatedIdleFlow): Bilingual {
  if (why.lacks === 'rest') {
    return {
      zh: `${supplier} 的供给或 ${beneficiary} 的受益已被其他流动扣尽，该声明未扣减`,
      en: `other flows have taken all that ${supplier} supplies or ${beneficiary} has, so this one takes nothing back`,
    };
  }
  const end =
    why.end === 'supplier'
      ? { zh: `供给地 ${supplier}`, en: `the supplier ${supplier}` }
      : { zh: `受益地 ${beneficiary}`, en: `the beneficiary ${beneficiary}` };
  return why.lacks === 'account'
    ? {
        zh: `${end.zh} 在合计中没有账户（未核算，或其上级自行观测），该声明未扣减`,
        en: `${end.en} has no account in the sum (none was computed, or a territory above observed its own ground), so nothing is taken back`,
      }
    : {
        zh: `${end.zh} 的账户没有该服务的数量，该声明未扣减`,
        en: `the account of ${end.en} has nothing of the service, so nothing is taken back`,
      };
}
