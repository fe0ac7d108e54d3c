// Style and script of the first page.

#include "server/page_files.h"

namespace fenming::server {

const std::string_view kStyle = R"css(
:root{--ink:#1c2733;--soft:#55616f;--line:#d5dce4;--navy:#1d4f91;--amber:#c98a1b;--free:#e4eaf1}
*{box-sizing:border-box}
body{margin:0;color:var(--ink);background:#f6f8fa;line-height:1.55;
font:15px/1.55 "Noto Sans CJK SC","Source Han Sans SC","Microsoft YaHei",system-ui,sans-serif}
header{display:flex;flex-wrap:wrap;gap:8px 24px;align-items:center;justify-content:space-between;
padding:12px 24px;color:#fff;background:var(--navy)}
h1{margin:0;font-size:20px}
h2{margin:0 0 12px;font-size:17px}
nav{display:flex;gap:16px;align-items:center}
nav a{color:#fff}
main{max-width:1200px;margin:0 auto;padding:16px 24px}
section{margin:0 0 16px;padding:16px;background:#fff;border:1px solid var(--line);border-radius:4px}
.note{margin:0 0 16px;padding:10px 16px;background:#fff8e6;border:1px solid #e6cf94;
border-radius:4px}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(210px,1fr));gap:12px;
margin:0 0 16px}
.tile{padding:12px;border:1px solid var(--line);border-radius:4px}
.tile dt,.tile p{margin:0;color:var(--soft);font-size:13px}
.tile dd{margin:2px 0;font-size:21px;font-variant-numeric:tabular-nums}
.key{margin:0 0 8px;color:var(--soft);font-size:13px}
.key i{display:inline-block;width:12px;height:12px;margin:0 4px 0 12px;vertical-align:-1px;
border:1px solid var(--line)}
i.paid{background:var(--navy)}i.frozen{background:var(--amber)}i.free{background:var(--free)}
i.time{width:3px;background:#b3261e}
.scroll{overflow-x:auto}
table{width:100%;border-collapse:collapse;font-size:13px;font-variant-numeric:tabular-nums}
th,td{height:36px;padding:0 8px;border-bottom:1px solid var(--line);text-align:right;
white-space:nowrap}
th:first-child,th.code,td.code{text-align:left}
thead th{color:var(--soft);font-weight:600}
tbody th{font-weight:500}
tbody th::first-letter{text-transform:uppercase}
.picture{width:30%;min-width:160px;text-align:left}
svg{display:block;width:100%;height:16px;border-radius:2px}
rect.free{fill:var(--free)}rect.paid{fill:var(--navy)}rect.frozen{fill:var(--amber)}
rect.time{fill:#b3261e}
.way{display:flex;flex-wrap:wrap;gap:8px;margin:0;padding:0;list-style:none}
.way li{flex:1 1 100px;min-height:84px;padding:8px;border:1px solid var(--line);
border-top:4px solid var(--line);border-radius:4px;font-size:12px}
.way b{display:block;font-size:14px}
.way .done{border-top-color:var(--navy)}
.way .now{border-color:var(--navy);border-top-color:var(--navy);background:#eaf1fa}
.way .ahead{color:var(--soft)}
form{display:flex;flex-wrap:wrap;gap:12px;align-items:end}
label{display:block;font-size:13px}
input{display:block;width:200px;height:36px;padding:0 8px;font:inherit;border:1px solid #8794a3;
border-radius:4px}
button{height:36px;padding:0 20px;font:inherit;color:#fff;cursor:pointer;background:var(--navy);
border:1px solid #fff;border-radius:4px}
button:hover{background:#163d71}
:focus-visible{outline:3px solid #f0b429;outline-offset:1px}
#said{flex-basis:100%;margin:0;color:#b3261e}
footer{padding:0 24px 24px;color:var(--soft);font-size:12px;text-align:center}
@media (max-width:600px){header,main{padding:12px}.way{display:block}
.way li{display:flex;gap:12px;justify-content:space-between;min-height:0;margin:0 0 6px;
border-top-width:1px;border-left:4px solid var(--line)}
.way .done,.way .now{border-left-color:var(--navy);border-top-color:var(--line)}
.way span{text-align:right}tbody th{min-width:110px;white-space:normal}
.picture{min-width:120px}.tiles{grid-template-columns:1fr 1fr}.tile dd{font-size:16px}
label,input,form button{width:100%}}
@media print{header{color:#000;background:#fff}form,nav{display:none}}
)css";

const std::string_view kScript = R"js('use strict';
const form = document.getElementById('in');
const send = (method, body) => fetch('/api/v1/session', {
  method,
  headers: {'Content-Type': 'application/json', 'Accept-Language': document.documentElement.lang},
  body: body && JSON.stringify(body)});
if (form) form.addEventListener('submit', async (event) => {
  event.preventDefault();
  const said = document.getElementById('said');
  const body = {login: form.login.value, password: form.password.value};
  if (form.code.value) body.code = form.code.value;
  try {
    const reply = await send('POST', body);
    if (reply.ok) return location.reload();
    const problem = await reply.json();
    said.textContent = problem.detail + '\u3000' + problem.mend;
  } catch (error) {
    said.textContent = String(error.message);
  }
});
const out = document.getElementById('out');
if (out) out.addEventListener('click', async () => { await send('DELETE'); location.reload(); });
)js";

}  // namespace fenming::server
