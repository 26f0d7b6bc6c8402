/// Style and scripts of the pages.
extension ResetPages {
    static let style = """
        :root{color-scheme:light dark}
        body{margin:0;font:1rem/1.5 system-ui,sans-serif}
        main{max-width:26rem;margin:0 auto;padding:2rem 1rem}
        h1{font-size:1.5rem;line-height:1.2}
        label{display:block;margin-top:1rem;font-weight:600}
        input,button{box-sizing:border-box;width:100%;padding:.6rem;font:inherit}
        button{margin-top:1.5rem;font-weight:600;cursor:pointer}
        #answer:not(:empty){padding:.6rem;border:2px solid}
        """

    /// What both forms do: send one object, and show what the answer says.
    private static let sending = """
        const form=document.querySelector("form"),answer=document.getElementById("answer"),button=form.querySelector("button");
        async function send(path,body){
        button.disabled=true;answer.textContent="";
        try{
        const response=await fetch(path,{method:"POST",headers:{"Content-Type":"application/json"},body:JSON.stringify(body),credentials:"omit"});
        const said=await response.json().catch(()=>({}));
        const fields=(said.errors||[]).map(error=>error.message).join(" ");
        answer.textContent=fields||said.message||said.detail||(response.ok?"Done.":"That did not work.");
        if(response.ok)form.hidden=true;
        }catch{answer.textContent="The service cannot be reached. Try again.";}
        button.disabled=false;
        }

        """

    static let settingScript =
        sending + """
            const first=document.getElementById("password"),second=document.getElementById("again");
            const compare=()=>second.setCustomValidity(first.value===second.value?"":"The two passwords differ.");
            first.addEventListener("input",compare);second.addEventListener("input",compare);
            form.addEventListener("submit",event=>{event.preventDefault();send(location.pathname,{password:first.value});});
            """

    static let askingScript =
        sending + """
            const email=document.getElementById("email");
            form.addEventListener("submit",event=>{event.preventDefault();send(form.dataset.path,{email:email.value});});
            """
}
