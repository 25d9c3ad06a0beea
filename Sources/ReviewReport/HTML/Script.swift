/// The report's script: search, filters and order of the roles. Without it everything is there, in order of risk.
enum Script {
  /// SHA-256 of ``text`` in Base64, by which the content security policy lets it in; a test keeps it true.
  static let hash = "wlMnUnjM09PtbYTSARu/RPqiEhyB8QJ39Xf1/1a1E5I="

  static let text = #"""
    (function(){
    function fit(all){[].forEach.call(all,function(e){
    if(e.scrollWidth>e.clientWidth){e.tabIndex=0;e.setAttribute('role','group');e.setAttribute('aria-label','Scrolls sideways')}})}
    document.addEventListener('toggle',function(e){if(e.target.open)fit(e.target.querySelectorAll('.scroll'))},true);
    fit([].filter.call(document.querySelectorAll('.scroll'),function(e){return !e.closest('details')}));
    var list=document.getElementById('role-list'),tools=document.getElementById('tools');
    if(!list||!tools)return;
    var roles=[].slice.call(list.querySelectorAll('details.role')),out=tools.querySelector('output');
    var f={q:0,account:0,severity:0,sort:0};
    Object.keys(f).forEach(function(k){f[k]=document.getElementById('f-'+k)});
    var text=roles.map(function(r){return r.querySelector('summary').textContent.toLowerCase()+' '+(r.dataset.find||'')});
    function show(){
    var q=f.q.value.trim().toLowerCase(),n=0;
    roles.forEach(function(r,i){
    var ok=(!q||text[i].indexOf(q)>-1)&&(!f.account.value||r.dataset.account===f.account.value)&&(!f.severity.value||r.dataset.severity===f.severity.value);
    r.hidden=!ok;if(ok)n++});
    out.textContent=n+' of '+roles.length+' sections'}
    function order(){
    var k=f.sort.value;
    roles.slice().sort(function(a,b){
    if(k==='name')return a.dataset.name<b.dataset.name?-1:1;
    if(k==='used')return a.dataset.used<b.dataset.used?-1:1;
    return b.dataset[k]-a.dataset[k]}).forEach(function(r){list.appendChild(r)})}
    f.q.addEventListener('input',show);
    f.account.addEventListener('change',show);
    f.severity.addEventListener('change',show);
    f.sort.addEventListener('change',order);
    document.getElementById('f-open').addEventListener('click',function(){
    var open=roles.some(function(r){return !r.hidden&&!r.open});
    roles.forEach(function(r){if(!r.hidden)r.open=open});
    this.textContent=open?'Close all':'Open all'});
    tools.hidden=false;show()})();
    """#
}
