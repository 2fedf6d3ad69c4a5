import def, { wait as waiting } from './module-await.mjs';
export const wait = async (x) => {
  await null;
  return x;
};
export default async function () {
  return await waiting(1);
}
{
  using r = { [Symbol.dispose]() {} };
}
const a = await waiting(2);
for await (const x of [1, wait(2)]) globalThis.last = x;
try {
  await Promise.reject(a);
} catch (e) {
  globalThis.caught = e;
}
await using s = { async [Symbol.asyncDispose]() {} };
await def();

export { a };
