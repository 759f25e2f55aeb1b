import { mkdtempSync, readFileSync, readdirSync } from 'node:fs';
import os from 'node:os'; import path from 'node:path';
import { modelManifestSchema } from '@likeness/contracts/model-manifest';
import { writeMobilenetManifest } from './tests/support/mobilenet.ts';
import { createInferenceClient } from '@likeness/core/adapters/inference-client';
import { createLocalObjectStore } from '@likeness/core/adapters/local-object-store';
import { spawn, execFileSync } from 'node:child_process';
import { freePort } from './tests/support/product.ts';
const folder = mkdtempSync(path.join(os.tmpdir(), 'emb-'));
const port = await freePort();
const child = spawn(process.execPath, [...(process.env.FLAGS?.split(' ')??[]),'apps/inference/src/main.ts'], { env: {...process.env, PORT:String(port), LIKENESS_DATA: folder, LOG_LEVEL:'error'}, stdio:['ignore','ignore','inherit'] });
const url=`http://127.0.0.1:${port}`;
for(;;){ const ok = await fetch(url+'/readyz').then(r=>r.ok,()=>false); if (ok) break; await new Promise(r=>setTimeout(r,50)); }
const objects = createLocalObjectStore({ dir: path.join(folder,'objects') });
const vision = createInferenceClient({ url, objects });
const manifest = modelManifestSchema.parse(JSON.parse(readFileSync(writeMobilenetManifest(folder),'utf8')));
await objects.put('models/m.onnx', readFileSync(manifest.file));
const model = { manifest, sha256: manifest.sha256, fileKey:'models/m.onnx' } as any;
const photos = Array.from({length:8},(_,i)=>readFileSync(`/tmp/emb/photos/${i}.jpg`));
async function ours(count: number, atOnce: number) {
  let next=0; const t=performance.now();
  await Promise.all(Array.from({length:atOnce}, async()=>{ let own:Buffer|undefined; while(next<count){ const p=photos[next%8]!; own ??= Buffer.alloc(400000); p.copy(own); const tag=`#${Math.random()}`.padEnd(24); own.write(tag,p.length); const bytes=own.subarray(0,p.length+24); next++; await vision.embed({bytes: async()=>bytes},{model,boxes:[[0,0,1,1]],crop:{side:400,enlarge:false}},{lane:'bulk'}); } }));
  return count/(performance.now()-t)*1000;
}
const threads=()=>{ const out=new Map<string,number>(); const pids=[process.pid, child.pid!, ...execFileSync('pgrep',['-P',String(child.pid)]).toString().trim().split('\n').map(Number)];
 for(const p of pids){ for(const t of readdirSync(`/proc/${p}/task`)){ try{ const s=readFileSync(`/proc/${p}/task/${t}/stat`,'utf8'); const name=s.slice(s.indexOf('(')+1,s.lastIndexOf(')')); const f=s.slice(s.lastIndexOf(')')+2).split(' '); const who=p===process.pid?'client':p===child.pid?'server':'decoder'; const k=`${who} ${name}${t===String(p)?' (main)':''}`; out.set(k,(out.get(k)??0)+(Number(f[11])+Number(f[12]))*10);}catch{} } } return out; };
await ours(40,6);
const N=Number(process.argv[2]??400);
for (let k=0;k<2;k++){
const before=threads(); const rate=await ours(N,Number(process.argv[3]??6)); const after=threads();
console.log('rate',rate.toFixed(1)); let sum=0;
for(const [k,v] of [...after].sort((a,b)=>b[1]-a[1])){ const ms=(v-(before.get(k)??0))/N; sum+=ms; if(ms>0.05) console.log('  ',k.padEnd(34),ms.toFixed(2)); }
console.log('   total',sum.toFixed(2),'of',(2000/rate).toFixed(2));
}
if (process.env.HOLD) await new Promise(r=>setTimeout(r,3000));
child.kill('SIGTERM'); await new Promise(r=>child.once('exit',r)); process.exit(0);
