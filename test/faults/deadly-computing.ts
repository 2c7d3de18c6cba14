/** Preloaded into a worker process under test: it dies of certain territories, as of too little memory, when it computes them. */
import { AccountComputer } from '@gep/accounting';

const deadly = (process.env['DEADLY_TERRITORIES'] ?? '').split(',');
const { compute } = AccountComputer.prototype;
AccountComputer.prototype.compute = async function (norm, observed) {
  if (observed.some(({ territory }) => deadly.includes(territory))) process.kill(process.pid, 'SIGKILL');
  return compute.call(this, norm, observed);
};
