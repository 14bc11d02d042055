/**
 * Tells whether the microphone opens without a question, now and at each change. Of a browser that cannot say nothing is told: it may ask.
 * @param {(isAllowed: boolean) => void} tell
 * @param {AbortSignal} signal
 */
export async function watchMicrophone(tell, signal) {
  try {
    const permission = await navigator.permissions.query({ name: 'microphone' });
    const say = () => signal.aborted || tell(permission.state === 'granted');
    permission.addEventListener('change', say, { signal });
    say();
  } catch {
    // Some browsers know no permission of that name, and insecure pages have none.
  }
}
